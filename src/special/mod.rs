//! Special functions: logarithm of gamma, regularised incomplete gamma and its inverse, regularised incomplete beta, normal cdf
//! and hazard, powers of two, bisection, integrals.
//!
//! Knows no distribution, no estimate and no queue; offers no more than the floors above ask for.
//! Invariant: only `libm` and exactly rounded operations, so that results have the same bits on every platform.

mod beta;
mod exp2;
mod gamma;
mod normal;
mod quadrature;
mod root;

pub use beta::beta_i;
pub use exp2::exp2;
pub use gamma::{gamma_p, gamma_p_inverse, gamma_q, ln_gamma};
pub use normal::{normal_cdf, normal_hazard};
pub use quadrature::integrate;
pub use root::first_true;

//! [`Article`](crate::article::Article) → [`Annotations`](crate::article::Annotations): quotations, speakers,
//! entities, coreference. Pure.

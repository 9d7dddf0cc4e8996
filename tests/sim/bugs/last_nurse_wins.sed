# src/clinic/referral_change.c
# A decision is made whatever another nurse decided meanwhile.
s/^\tif ((moves || c->pauses.n || c->decisions.n) &&/\tif (c->files.n > 99 \&\&/

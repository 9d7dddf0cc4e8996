# src/store/requests.c
# A slot that its holder is asked to free is not.
s/^\trequest_put(t, &r);$/\t(void)r;/

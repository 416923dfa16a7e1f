#!/bin/sh
# Makes the certificates of the tests anew. The keys guard nothing.
set -e
cd "$(dirname "$0")"
days=36500
printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\n' > names.tmp
openssl ecparam -name prime256v1 -genkey -noout -out ca.tmp
openssl req -x509 -new -key ca.tmp -days $days -subj '/CN=Millrace test authority' -out ca.pem
leaf() { # name, key file, subject
  openssl req -new -key "$2" -subj "/CN=$3" -out req.tmp
  openssl x509 -req -in req.tmp -CA ca.pem -CAkey ca.tmp -set_serial "0x$(openssl rand -hex 8)" \
    -days $days -extfile names.tmp -out leaf.tmp
  cat leaf.tmp ca.pem > "$1"
}
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.key
openssl rsa -in rsa.key -traditional -out rsa-pkcs1.key
openssl rsa -in rsa.key -traditional -aes128 -passout pass:secret -out rsa-old-encrypted.key
openssl pkcs8 -topk8 -in rsa.key -passout pass:secret -out rsa-encrypted.key
leaf rsa.pem rsa.key one.millrace.test
openssl ecparam -name secp384r1 -genkey -out ec-sec1.key
openssl pkcs8 -topk8 -nocrypt -in ec-sec1.key -out ec.key
leaf ec.pem ec.key two.millrace.test
openssl pkcs12 -export -inkey rsa.key -in rsa.pem -passout pass:secret -out rsa.p12
openssl genpkey -algorithm ED25519 -out ed25519.key
leaf ed25519.pem ed25519.key three.millrace.test
openssl req -x509 -new -key ec.key -days $days -subj '/CN=stranger' -out stranger.pem
rm -f ./*.tmp

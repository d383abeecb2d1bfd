#!/bin/sh
# Becomes redis-server with redis.conf, users.acl and the password of REDIS_PASSWORD. Redis reads no environment, and
# the password is to stand neither in a file of the repository nor in the list of processes.
set -eu
umask 0077
here=$(dirname "$0")
digest=$(printf %s "${REDIS_PASSWORD:?}" | sha256sum | cut -d ' ' -f 1)
unset REDIS_PASSWORD
users=$(mktemp)
sed -e '/^#/d' -e "s/@digest@/$digest/" "$here/users.acl" > "$users"
exec redis-server "$here/redis.conf" --aclfile "$users" "$@"

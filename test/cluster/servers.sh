#!/bin/sh
# Database servers for the tests of clusters, on 127.0.0.1 and in one folder; a MariaDB that runs already is left alone.
#
#   servers.sh missing              names what is not installed, one a line; nothing when all is there
#   servers.sh galera FOLDER        starts a Galera cluster of three nodes, one after the other
#   servers.sh node FOLDER N        starts node N (1 to 3) of a cluster of which other nodes live
#   servers.sh replication FOLDER   starts a primary and a replica
#   servers.sh replica FOLDER       starts the replica again
#   servers.sh stop FOLDER          ends every server of the folder and removes the folder
#
# Ports: PORT_BASE (default 23000) + 10, 20, 30 for the nodes, + 40 for the primary, + 50 for the replica. A Galera node
# also takes 517, 518 and 514 above its own. User root, no password. Pid files and logs are FOLDER/NAME.pid and .log.
set -eu

PORT_BASE=${PORT_BASE:-23000}
PROVIDER=${GALERA_PROVIDER:-/usr/lib/galera/libgalera_smm.so}

port() { # NAME
  case $1 in n1) n=10 ;; n2) n=20 ;; n3) n=30 ;; primary) n=40 ;; replica) n=50 ;; esac
  echo $((PORT_BASE + n))
}

missing() {
  for command in mariadbd mariadb-install-db mariadb mariadb-admin; do
    command -v $command > /dev/null || echo "$command (Debian: mariadb-server)"
  done
  [ -e "$PROVIDER" ] || echo "$PROVIDER (Debian: galera-4)"
  for command in rsync socat lsof; do
    command -v $command > /dev/null || echo "$command (Debian: $command)"
  done
}

# State transfers run as the server does; as root, rsync's daemon would drop to nobody and could not read the files.
as_server() {
  if [ "$(id -u)" = 0 ]; then runuser -u mysql -- "$@"; else "$@"; fi
}

make_folder() { # FOLDER
  mkdir -p "$1"
  if [ "$(id -u)" = 0 ]; then chown mysql "$1"; fi
}

install_data() { # FOLDER NAME
  as_server mariadb-install-db --no-defaults --auth-root-authentication-method=normal --datadir="$1/$2" > "$1/$2.install" 2>&1
}

on() { # NAME STATEMENT
  mariadb --no-defaults --protocol=tcp --host=127.0.0.1 --port="$(port "$1")" --user=root --batch --skip-column-names --execute="$2"
}

await() { # FOLDER NAME STATEMENT WANTED
  tries=0
  until [ "$(on "$2" "$3" 2> /dev/null | tail -1 | cut -f2)" = "$4" ]; do
    tries=$((tries + 1))
    if [ $tries -gt 300 ] || ! kill -0 "$(cat "$1/$2.run")" 2> /dev/null; then
      echo "$2 did not come up:" >&2
      tail -20 "$1/$2.log" >&2
      exit 1
    fi
    sleep 0.2
  done
}

launch() { # FOLDER NAME OPTION...
  folder=$1 name=$2
  shift 2
  {
    # for good, or whoever started the script would wait for its output to be closed
    exec > "$folder/$name.out" 2>&1 < /dev/null
    as_server mariadbd --no-defaults --datadir="$folder/$name" --socket="$folder/$name.sock" \
      --pid-file="$folder/$name.pid" --log-error="$folder/$name.log" --bind-address=127.0.0.1 --port="$(port "$name")" \
      --innodb-buffer-pool-size=64M --innodb-flush-log-at-trx-commit=1 --max-connections=200 "$@"
  } &
  echo $! > "$folder/$name.run"
}

node() { # FOLDER N [OPTION]
  folder=$1 n=$2
  shift 2
  at=$(port "n$n")
  address=$((at + 517))
  others=$(for each in n1 n2 n3; do printf '127.0.0.1:%s,' $(($(port $each) + 517)); done)
  launch "$folder" "n$n" --binlog-format=ROW --default-storage-engine=InnoDB --innodb-autoinc-lock-mode=2 \
    --wsrep-on=ON --wsrep-provider="$PROVIDER" --wsrep-cluster-name=keyturn --wsrep-node-name="n$n" \
    --wsrep-node-address="127.0.0.1:$address" --wsrep-cluster-address="gcomm://${others%,}" \
    --wsrep-provider-options="gmcast.listen_addr=tcp://127.0.0.1:$address;ist.recv_addr=127.0.0.1:$((at + 518));gcache.size=64M" \
    --wsrep-sst-method=rsync --wsrep-sst-receive-address="127.0.0.1:$((at + 514))" "$@"
  await "$folder" "n$n" "SHOW STATUS LIKE 'wsrep_local_state_comment'" Synced
}

galera() { # FOLDER
  make_folder "$1"
  install_data "$1" n1
  # a node that joins gets its data from the others, into an empty folder
  for each in n2 n3; do make_folder "$1/$each"; done
  node "$1" 1 --wsrep-new-cluster
  node "$1" 2
  node "$1" 3
}

replica() { # FOLDER
  launch "$1" replica --server-id=2 --read-only=ON --log-bin=binlog --binlog-format=ROW --relay-log=relay
  await "$1" replica 'SELECT 1' 1
}

replication() { # FOLDER
  make_folder "$1"
  install_data "$1" primary
  install_data "$1" replica
  launch "$1" primary --server-id=1 --log-bin=binlog --binlog-format=ROW
  await "$1" primary 'SELECT 1' 1
  replica "$1"
  on primary "CREATE USER copier@'127.0.0.1' IDENTIFIED BY 'copier'; GRANT REPLICATION SLAVE ON *.* TO copier@'127.0.0.1'"
  on replica "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=$(port primary), MASTER_USER='copier',
    MASTER_PASSWORD='copier', MASTER_USE_GTID=slave_pos, MASTER_CONNECT_RETRY=1; START SLAVE"
}

ours() { # PID; a server that was killed leaves a number behind that others may get
  case $(ps -o comm= -p "$1" 2> /dev/null) in mariadbd | runuser) return 0 ;; *) return 1 ;; esac
}

# The server's own pid file names it exactly; where it has not come to write one, what was launched is ended.
stop() { # FOLDER
  for run in "$1"/*.run; do
    [ -e "$run" ] || continue
    name=$(basename "$run" .run)
    pid=$(cat "$1/$name.pid" 2> /dev/null || cat "$run")
    ours "$pid" || continue
    kill "$pid"
    tries=0
    while ours "$pid" && [ $tries -lt 150 ]; do
      tries=$((tries + 1))
      sleep 0.1
    done
    if ours "$pid"; then kill -9 "$pid"; fi
  done
  rm -rf "$1"
}

verb=${1:-}
[ $# -gt 0 ] && shift
case $verb in
  missing | galera | node | replication | replica | stop) "$verb" "$@" ;;
  *)
    sed -n '2,13s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac

"""OpenStack Swift with its S3 API in one process, objects in memory: swift-server.py FOLDER.

Prints `listening on PORT` and serves until its standard input ends. Signatures are checked as S3 checks them.
"""

import os
import sys

import eventlet

eventlet.monkey_patch()

from eventlet import wsgi
from paste.deploy import loadapp
from swift.common import utils
from swift.common.ring import RingBuilder

folder = sys.argv[1]

PROXY = """
[pipeline:main]
pipeline = catch_errors s3api tempauth slo proxy-server
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:s3api]
use = egg:swift#s3api
location = eu-west-1
[filter:tempauth]
use = egg:swift#tempauth
user_test_writer = writing .admin
user_test_reader = reading
[filter:slo]
use = egg:swift#slo
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
"""

STORAGE = """
[pipeline:main]
pipeline = server
[app:server]
use = egg:swift#%s
"""


class Cache:
    """What the servers ask of memcached."""

    def __init__(self):
        self.values = {}

    def get(self, key, *_, **__):
        return self.values.get(key)

    def set(self, key, value, *_, **__):
        self.values[key] = value

    def delete(self, key, *_, **__):
        self.values.pop(key, None)

    def incr(self, key, delta=1, *_, **__):
        self.values[key] = max(0, self.values.get(key, 0) + delta)
        return self.values[key]


def with_cache(app, cache):
    def call(env, start):
        env["swift.cache"] = cache
        return app(env, start)

    return call


def write(name, text):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write(text)
    return path


def serve(name, text, socket):
    conf = write(name + ".conf", "[DEFAULT]\nswift_dir = %s\ndevices = %s\nmount_check = false\n%s" % (folder, folder, text))
    app = with_cache(loadapp("config:" + conf), Cache())
    protocol = type("Protocol", (wsgi.HttpProtocol,), {"default_request_version": "HTTP/1.0"})
    return eventlet.spawn(wsgi.server, socket, app, log_output=False, protocol=protocol)


write("swift.conf", "[swift-hash]\nswift_hash_path_suffix = test\n[storage-policy:0]\nname = one\ndefault = yes\n")
utils.set_swift_dir(folder)
os.makedirs(os.path.join(folder, "d"))

for name, app in (("account", "account"), ("container", "container"), ("object", "mem_object")):
    socket = eventlet.listen(("127.0.0.1", 0))
    ring = RingBuilder(2, 1, 0)
    ring.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": socket.getsockname()[1], "device": "d", "weight": 1})
    ring.rebalance()
    ring.get_ring().save(os.path.join(folder, name + ".ring.gz"))
    serve(name, STORAGE % app, socket)

socket = eventlet.listen(("127.0.0.1", 0))
serve("proxy", PROXY, socket)
print("listening on %d" % socket.getsockname()[1], flush=True)
eventlet.tpool.execute(sys.stdin.read)

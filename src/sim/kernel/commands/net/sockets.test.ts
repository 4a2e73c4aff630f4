import { beforeEach, describe, expect, it } from 'vitest';
import { NetworkBox } from './testing.ts';

let box: NetworkBox;
beforeEach(() => {
  box = new NetworkBox();
});

describe('nc', () => {
  it.each([
    ['nc web 81', "nc: can't connect to remote host (10.244.1.5): Connection refused\n=> 1"],
    ['nc -w 2 far 80', 'nc: timed out\n=> 1'],
    ['nc nobody 80', "nc: bad address 'nobody'\n=> 1"],
    ['nc -w x web 80', "nc: invalid number 'x'\n=> 1"],
    ['nc -l -p 80', 'nc: bind: Address already in use\n=> 1'],
    ['nc -l -p 1x', "nc: bad port '1x'\n=> 1"],
    ['nc -u web 53', 'nc: UDP is not modelled; leave -u out\n=> 1'],
    ['nc -z web 80', '=> 0'],
    ['nc -z web 81', '=> 1'],
    ['nc -zv web 80', 'web (10.244.1.5:80) open\n=> 0'],
    ["printf 'GET /close HTTP/1.1\\r\\n\\r\\n' | nc web 80", 'HTTP/1.0 200 OK\r\n\r\nbye\n=> 0'],
    [
      '(nc -l -p 9000 > got; cat got) & sleep 0.1; echo hello | nc localhost 9000; wait',
      'hello\n=> 0',
    ],
    [
      'nc -lk -p 9000 -e cat & sleep 0.1; echo one | nc localhost 9000; echo two | nc localhost 9000; kill $!',
      'one\ntwo\n=> 0',
    ],
    [
      "nc -l -p 9000 -e sh -c 'echo from; hostname' & sleep 0.1; nc localhost 9000 < /dev/null",
      'from\nbox\n=> 0',
    ],
  ])('%s', (line, shown) => {
    expect(box.line(line)).toBe(shown);
  });

  it('sends what is typed while it receives', () => {
    expect(
      box.line(
        '(sleep 3 | nc -l -p 9002 > got) & sleep 0.1; (echo a; sleep 2; echo b) | nc localhost 9002; wait; cat got',
      ),
    ).toBe('a\nb\n=> 0');
  });
});

describe('ping', () => {
  it('gets answers from hosts that are there, also when they refuse the port', () => {
    const shown = box
      .line('ping -c 2 web')
      .replace(/time=0\.\d{3} ms|(?<== )0\.[\d./]+/g, '<time>');
    expect(shown).toBe(
      `PING web (10.244.1.5): 56 data bytes
64 bytes from 10.244.1.5: seq=0 ttl=64 <time>
64 bytes from 10.244.1.5: seq=1 ttl=64 <time>

--- web ping statistics ---
2 packets transmitted, 2 packets received, 0% packet loss
round-trip min/avg/max = <time> ms
=> 0`,
    );
    expect(box.line('ping -c 1 -q 10.9.9.7')).toContain('1 packets received, 0% packet loss');
  });

  it('gets none from those that are not', () => {
    expect(box.line('ping -c 2 -W 1 far')).toBe(
      `PING far (10.9.9.9): 56 data bytes

--- far ping statistics ---
2 packets transmitted, 0 packets received, 100% packet loss
=> 1`,
    );
    expect(box.line('ping nobody')).toBe("ping: bad address 'nobody'\n=> 1");
  });

  it('prints its statistics when it is interrupted', () => {
    const shown = box.line('ping -q web & sleep 2.5; kill -INT $!; wait $!');
    expect(shown.replace(/(?<== )0\.[\d./]+/g, '<time>')).toBe(
      `PING web (10.244.1.5): 56 data bytes

--- web ping statistics ---
3 packets transmitted, 3 packets received, 0% packet loss
round-trip min/avg/max = <time> ms
=> 0`,
    );
  });
});

describe('interfaces, routes and sockets', () => {
  it('of busybox', () => {
    expect(box.line('ip -4 addr; ip route; ip link show eth0')).toBe(
      `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
2: eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue${' '}
    inet 10.244.1.5/24 brd 10.244.1.255 scope global eth0
       valid_lft forever preferred_lft forever
default via 10.244.1.1 dev eth0${' '}
10.244.1.0/24 dev eth0 scope link  src 10.244.1.5${' '}
2: eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue${' '}
    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
=> 0`,
    );
    expect(box.line('ifconfig eth0; route -n')).toBe(
      `eth0      Link encap:Ethernet  HWaddr 02:00:00:00:00:01${'  '}
          inet addr:10.244.1.5  Bcast:10.244.1.255  Mask:255.255.255.0
          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1

Kernel IP routing table
Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
0.0.0.0         10.244.1.1      0.0.0.0         UG    0      0        0 eth0
10.244.1.0      0.0.0.0         255.255.255.0   U     0      0        0 eth0
=> 0`,
    );
    expect(box.line('netstat -tlnp')).toBe(
      `Active Internet connections (only servers)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name${'    '}
tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN      3/web-80${'            '}
tcp        0      0 0.0.0.0:443             0.0.0.0:*               LISTEN      4/web-443${'           '}
=> 0`,
    );
    expect(box.line('ip addr show nope')).toBe("ip: can't find device 'nope'\n=> 1");
  });

  it('of iproute2', () => {
    const gnu = new NetworkBox('gnu');
    expect(gnu.line('ip -br a; ip route; ip route get 10.9.9.9; ip foo')).toBe(
      `lo               UNKNOWN        127.0.0.1/8 ::1/128${' '}
eth0@if7         UP             10.244.1.5/24${' '}
default via 10.244.1.1 dev eth0${' '}
10.244.1.0/24 dev eth0 proto kernel scope link src 10.244.1.5${' '}
10.9.9.9 via 10.244.1.1 dev eth0  src 10.244.1.5${' '}
Object "foo" is unknown, try "ip help".
=> 1`,
    );
    expect(gnu.line('ss -tlnp')).toBe(
      `State      Recv-Q Send-Q      Local Address:Port        Peer Address:Port Process
LISTEN     0      511                 0.0.0.0:80                0.0.0.0:* users:(("web-80",pid=3,fd=3))
LISTEN     0      511                0.0.0.0:443                0.0.0.0:* users:(("web-443",pid=4,fd=3))
=> 0`,
    );
  });
});

import Containers
import Testing
import Tools

@Suite("programs of containers")
struct ProgramTests {
    @Test(
        "answer",
        arguments: [
            ("hostname", "box-0\n"), ("hostname -i", "10.244.0.7\n"), ("whoami", "root\n"),
            ("id -u", "0\n"), ("id", "uid=0(root) gid=0(root) groups=0(root)\n"),
            ("uname", "Linux\n"), ("uname -m", "x86_64\n"), ("nproc", "4\n"), ("pwd", "/\n"),
            ("which cat", "/bin/cat\n"), ("which nope; echo $?", "1\n"),
            ("echo abc > /tmp/f; md5sum /tmp/f", "0bee89b07a248e27c83fc3d5951213c1  /tmp/f\n"),
            (
                "echo abc | sha256sum",
                "edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb  -\n"
            ),
            ("dd if=/dev/zero of=/tmp/z bs=1k count=3 2>/dev/null; wc -c < /tmp/z", "3072\n"),
            ("mkdir -p /tmp/a/b; touch /tmp/a/b/c; find /tmp -name c", "/tmp/a/b/c\n"),
            (
                "echo x > /tmp/f; stat -c '%a %s' /tmp/f; chmod u+x /tmp/f; stat -c %a /tmp/f",
                "644 2\n744\n"
            ),
            (
                "ps",
                "PID   USER     TIME  COMMAND\n    1 root      0:00 sleep 3600\n    7 root      0:00 sh -c ps\n    8 root      0:00 ps\n"
            ),
            ("printf '%s-%d\\n' a 3", "a-3\n"), ("echo b a | tr ' ' '\\n' | sort", "a\nb\n"),
            ("env | grep HOME", "HOME=/root\n"), ("cat /dev/null", ""),
            ("mkdir /tmp/d; cp /etc/passwd /tmp/d; ls /tmp/d", "passwd\n"),
            ("date", "Wed Jan  1 00:00:00 UTC 2025\n"),
            ("ls -ld /tmp", "drwxrwxrwt 2 root root 4096 Jan  1 00:00 /tmp\n"),
            ("ls /nope", "ls: /nope: No such file or directory\n"),
        ])
    func answers(script: String, expected: String) {
        #expect(Box().run(script).text == expected)
    }

    @Test("of servers are there in their images")
    func servers() {
        #expect(Box("nginx:1.25.3-alpine").run("nginx -v").text == "nginx version: nginx/1.25.3\n")
        #expect(Box("nginx").run("nginx -t").status == 0)
        #expect(Box("redis:7").run("redis-cli ping").text == "PONG\n")
        #expect(Box().run("nginx -v").status == 127)
    }

    @Test("say what there is where one is not")
    func missing() {
        let result = Box().run("frobnicate")
        #expect(result.status == 127)
        #expect(result.text.contains("(simulated containers have: [ [[ arch awk"))
    }

    @Test("each have one row, and a summary")
    func registry() {
        let names = ProgramRegistry.names
        #expect(Set(names).count == names.count)
        #expect(ProgramRegistry.all.allSatisfy { !$0.summary.isEmpty })
    }
}

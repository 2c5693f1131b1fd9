import Containers
import Testing
import Tools

@Suite("a container's files")
struct FilesTests {
    @Test("are those of mounts where something is mounted, and links lead across them")
    func mounts() throws {
        let shared = FileVolume()
        let box = Box(mounts: [FileMount(path: "/data", volume: shared)])
        #expect(box.run("echo a > /data/x; ln -s /data/x /tmp/l; cat /tmp/l").text == "a\n")
        #expect(shared.root["x"] != nil)
        #expect(box.layer.find("data/x") == nil)
        #expect(box.run("rm -r /data").status == 1)
        #expect(box.run("mv /tmp/l /data/l; readlink /data/l; ls /data").text == "/data/x\nl\nx\n")
    }

    @Test("of a mount that is read-only stay as they are")
    func readOnly() {
        let volume = FileVolume()
        volume.root.place(.file("a\n"), at: "f")
        let box = Box(mounts: [FileMount(path: "/etc/conf", volume: volume, isReadOnly: true)])
        for script in [
            "echo b > /etc/conf/f", "touch /etc/conf/g", "rm /etc/conf/f", "mkdir /etc/conf/d",
            "mv /etc/conf/f /tmp", "chmod 600 /etc/conf/f",
        ] {
            #expect(box.run(script).text.contains("Read-only file system"), "\(script)")
        }
        #expect(box.run("cat /etc/conf/f").text == "a\n")
        let whole = Box(isReadOnly: true)
        #expect(
            whole.run("echo x > /tmp/x").text == "sh: can't create /tmp/x: Read-only file system\n")
    }

    @Test("are refused to users without the right")
    func rights() {
        let secret = FileVolume()
        secret.root.place(.file("s", mode: 0o400), at: "key")
        let mount = FileMount(path: "/s", volume: secret)
        let user = FileUser(id: 1000, group: 1000)
        #expect(
            Box(mounts: [mount], user: user).run("cat /s/key").text.contains("Permission denied"))
        #expect(Box(mounts: [mount]).run("cat /s/key").text == "s")
        let box = Box(user: user)
        #expect(box.run("touch /etc/x").text.contains("Permission denied"))
        #expect(
            box.run("touch /tmp/x; ls -l /tmp | tail -1").text.hasPrefix("-rw-r--r-- 1 1000 1000"))
    }

    @Test("that link to one another in a circle are refused")
    func circles() {
        let box = Box()
        _ = box.run("ln -s /tmp/a /tmp/b; ln -s /tmp/b /tmp/a")
        #expect(box.run("cat /tmp/a").text.contains("Too many levels of symbolic links"))
    }
}

/// The files that an image brings along: a small tree with what pages look at.
package enum ImageLayer {
    /// A tree of a container's own, which it may change.
    ///
    /// - Parameter built: what the image's own files say of their age, in milliseconds since time zero.
    package static func tree(of image: ContainerImage, built: Int64) -> FileNode {
        let root = FileNode.folder(modified: built)
        for path in ["dev", "etc", "home", "proc", "root", "run", "sys", "usr", "var"] {
            root.place(.folder(modified: built), at: path)
        }
        root.place(FileNode(.folder([:]), mode: 0o1777, modified: built), at: "tmp")
        for name in ["null", "zero", "random", "urandom", "stdin", "stdout", "stderr", "tty"] {
            root.place(FileNode(.device, mode: 0o666, modified: built), at: "dev/\(name)")
        }
        guard image.hasShell else {
            root.place(.file("", mode: 0o755, modified: built), at: image.name)
            addUsers(root, image, built)
            return root
        }
        for path in [
            "bin", "lib", "sbin", "mnt", "opt", "srv", "usr/bin", "usr/sbin", "usr/local/bin",
            "usr/share", "var/log", "var/lib", "var/cache", "var/tmp",
        ] where image.family != .busybox || !["mnt", "opt", "srv", "sbin"].contains(path) {
            root.place(.folder(modified: built), at: path)
        }
        root["run"]?.modified = built
        root.place(FileNode(.link("/run"), mode: 0o777, modified: built), at: "var/run")
        for shell in image.shells {
            root.place(.file("", mode: 0o755, modified: built), at: "bin/\(shell)")
        }
        let folder = image.workingDirectory
        if folder != "/" { root.place(.folder(modified: built), at: folder) }
        addUsers(root, image, built)
        addRelease(root, image, built)
        for (path, text) in content(of: image) {
            root.place(.file(text, modified: built), at: path)
        }
        return root
    }

    private static func addUsers(_ root: FileNode, _ image: ContainerImage, _ built: Int64) {
        let shell = image.family == .debian ? "/bin/bash" : "/bin/sh"
        var users =
            "root:x:0:0:root:/root:\(shell)\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n"
        users += "www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\n"
        var groups = "root:x:0:\ndaemon:x:1:\nwww-data:x:33:\n"
        for (name, id) in [
            ("nginx", 101), ("redis", 999), ("mysql", 999), ("postgres", 999), ("node", 1000),
        ]
        where image.name == name {
            users += "\(name):x:\(id):\(id)::/home/\(name):/bin/sh\n"
            groups += "\(name):x:\(id):\n"
        }
        if image.family != .debian { groups += "wheel:x:10:root\n" }
        users += "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"
        groups += image.family == .debian ? "nogroup:x:65534:\n" : "nobody:x:65534:\n"
        root.place(.file(users, modified: built), at: "etc/passwd")
        root.place(.file(groups, modified: built), at: "etc/group")
    }

    private static func addRelease(_ root: FileNode, _ image: ContainerImage, _ built: Int64) {
        let fields: [(String, String)]
        switch image.family {
        case .debian where image.name == "ubuntu":
            fields = [
                ("PRETTY_NAME", "\"Ubuntu 24.04 LTS\""), ("NAME", "\"Ubuntu\""),
                ("VERSION_ID", "\"24.04\""), ("ID", "ubuntu"), ("ID_LIKE", "debian"),
            ]
        case .debian:
            fields = [
                ("PRETTY_NAME", "\"Debian GNU/Linux 12 (bookworm)\""),
                ("NAME", "\"Debian GNU/Linux\""),
                ("VERSION_ID", "\"12\""), ("VERSION_CODENAME", "bookworm"), ("ID", "debian"),
            ]
        case .alpine:
            fields = [
                ("NAME", "\"Alpine Linux\""), ("ID", "alpine"), ("VERSION_ID", "3.20.0"),
                ("PRETTY_NAME", "\"Alpine Linux v3.20\""),
            ]
        case .busybox, .bare: return
        }
        let text = fields.map { "\($0.0)=\($0.1)\n" }.joined()
        root.place(.file(text, modified: built), at: "etc/os-release")
        if image.family == .alpine {
            root.place(.file("3.20.0\n", modified: built), at: "etc/alpine-release")
        } else if image.name != "ubuntu" {
            root.place(.file("12.5\n", modified: built), at: "etc/debian_version")
        }
    }

    /// The page of a web server that was just installed.
    private static func page(_ title: String, _ text: String) -> String {
        """
        <!DOCTYPE html>
        <html>
        <head>
        <title>\(title)</title>
        </head>
        <body>
        <h1>\(title)</h1>
        <p>\(text)</p>
        </body>
        </html>

        """
    }

    private static func content(of image: ContainerImage) -> [(String, String)] {
        switch image.name {
        case "nginx", "nginx-unprivileged":
            return [
                (
                    "usr/share/nginx/html/index.html",
                    page("Welcome to nginx!", "The web server is installed and answers.")
                ),
                ("usr/share/nginx/html/50x.html", page("Error", "The page is not available.")),
                ("etc/nginx/nginx.conf", nginxConfiguration),
                (
                    "etc/nginx/mime.types",
                    "types {\n    text/html  html htm;\n    text/css  css;\n}\n"
                ),
                ("etc/nginx/conf.d/default.conf", nginxServer),
                ("var/log/nginx/access.log", ""), ("var/log/nginx/error.log", ""),
                ("docker-entrypoint.sh", "#!/bin/sh\nexec \"$@\"\n"),
            ]
        case "httpd":
            return [
                (
                    "usr/local/apache2/htdocs/index.html",
                    "<html><body><h1>It works!</h1></body></html>\n"
                ),
                (
                    "usr/local/apache2/conf/httpd.conf",
                    "ServerRoot \"/usr/local/apache2\"\nListen 80\n"
                ),
                ("usr/local/apache2/logs/error_log", ""),
            ]
        default: return []
        }
    }

    private static let nginxConfiguration = """
        user  nginx;
        worker_processes  auto;
        pid  /run/nginx.pid;

        events {
            worker_connections  1024;
        }

        http {
            include  /etc/nginx/mime.types;
            include  /etc/nginx/conf.d/*.conf;
        }

        """

    private static let nginxServer = """
        server {
            listen  80;
            server_name  localhost;

            location / {
                root  /usr/share/nginx/html;
                index  index.html index.htm;
            }

            error_page  500 502 503 504  /50x.html;
        }

        """
}

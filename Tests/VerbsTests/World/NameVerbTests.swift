import Testing

@testable import Verbs

@Suite struct NameVerbTests {
    private func bench() throws -> VerbBench {
        let bench = try VerbBench()
        bench.files.texts["web.yaml"] = Manifests.deployment()
        try bench.run("kubectl apply -f web.yaml")
        try bench.run("kubectl create service clusterip web --tcp=80 --clusterip=10.96.0.50")
        try bench.run("kubectl create service externalname db --external-name db.example.com")
        try bench.settle()
        return bench
    }

    @Test(
        arguments: [
            (
                "nslookup web",
                "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n"
                    + "Name:\tweb.default.svc.cluster.local\nAddress: 10.96.0.50\n\n"
            ),
            (
                "nslookup nope",
                "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n"
                    + "** server can't find nope: NXDOMAIN\n\n[exit 1]\n"
            ),
            (
                "nslookup -n kube-system web",
                "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n"
                    + "** server can't find web: NXDOMAIN\n\n[exit 1]\n"
            ),
            (
                "nslookup -type=aaaa web",
                "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n"
                    + "*** Can't find web: No answer\n\n[exit 1]\n"
            ),
            (
                "nslookup 10.96.0.50",
                "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n"
                    + "50.0.96.10.in-addr.arpa\tname = web.default.svc.cluster.local\n\n"
            ),
            (
                "nslookup db kube-dns.kube-system",
                "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n"
                    + "db.default.svc.cluster.local\tcanonical name = db.example.com\n\n"
            ),
            (
                "nslookup web 8.8.8.8",
                "error: the only DNS server of the simulated cluster is 10.96.0.10 (kube-dns), not "
                    + "8.8.8.8\n[exit 1]\n"
            ),
            ("dig +short web.default.svc.cluster.local", "10.96.0.50\n"),
            ("dig +short web", ""), ("dig +short +search web", "10.96.0.50\n"),
            ("dig +short -x 10.96.0.50", "web.default.svc.cluster.local.\n"),
            (
                "dig +short _80._tcp.web.default.svc.cluster.local SRV",
                "0 100 80 web.default.svc.cluster.local.\n"
            ),
            (
                "dig +noall +answer @10.96.0.10 db.default.svc.cluster.local",
                "db.default.svc.cluster.local. 30 IN\tCNAME\tdb.example.com.\n"
            ),
            (
                "dig +noall +answer ns cluster.local",
                "cluster.local.\t\t30\tIN\tNS\tns.dns.cluster.local.\n"
            ),
            (
                "dig +brief web",
                "Invalid option: +brief\nUsage: dig [@SERVER] NAME [TYPE] [+short] [+search] "
                    + "[+noall +answer] [-x ADDRESS] [--from pod/NAME] [-n NAMESPACE]\n[exit 1]\n"
            ),
        ])
    func `answers look as the tools print them`(line: String, wanted: String) throws {
        #expect(try bench().run(line) == wanted)
    }

    @Test func `the whole answer of dig has all its sections`() throws {
        let bench = try bench()
        let text = try bench.run("dig web.default.svc.cluster.local")
        let id = text.split(separator: "id: ").last?.prefix { $0.isNumber } ?? ""
        let when = text.split(separator: ";; WHEN: ").last?.prefix { $0 != "\n" } ?? ""
        #expect(
            text == """

                ; <<>> DiG 9.18 <<>> web.default.svc.cluster.local
                ;; global options: +cmd
                ;; Got answer:
                ;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: \(id)
                ;; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1
                ;; WARNING: recursion requested but not available

                ;; OPT PSEUDOSECTION:
                ; EDNS: version: 0, flags:; udp: 1232
                ;; QUESTION SECTION:
                ;web.default.svc.cluster.local.\tIN\tA

                ;; ANSWER SECTION:
                web.default.svc.cluster.local. 30 IN\tA\t10.96.0.50

                ;; Query time: 0 msec
                ;; SERVER: 10.96.0.10#53(10.96.0.10) (UDP)
                ;; WHEN: \(when)
                ;; MSG SIZE  rcvd: 103


                """)
        #expect(when.hasPrefix("Wed Jan 01 00:00:0") && when.hasSuffix(" UTC 2025"))
    }

    @Test func `a pod's own settings count`() throws {
        let bench = try bench()
        bench.files.texts["p.yaml"] = Manifests.pod("client", extra: "  dnsPolicy: Default\n")
        try bench.run("kubectl apply -f p.yaml")
        #expect(try bench.run("nslookup web.default --from pod/client").contains("NXDOMAIN"))
        let name = "web.default.svc.cluster.local"
        #expect(try bench.run("dig +short \(name) --from client") == "")
        #expect(
            try bench.run("nslookup web --from pod/nobody")
                == "Error from server (NotFound): pods \"nobody\" not found\n[exit 1]\n")
    }
}

import Testing
import Value

@testable import Model

@Suite struct GoStructTests {
    @Test func `structs are shown whole, under Go's names`() throws {
        let source = try JSON.parse(#"{"hostPath":{"path":"/<a>","type":""}}"#)
        let text = GoStruct.text("PersistentVolumeSource", source)
        #expect(
            text.hasPrefix(
                #"{"GCEPersistentDisk":null,"AWSElasticBlockStore":null,"HostPath":{"Path":"/\u003ca\u003e","Type":""},"#
                    + #""Glusterfs":null,"NFS":null,"#))
        let template = try JSON.parse(
            #"{"metadata":{"labels":{"b":"1","a":"2"}},"spec":{"hostNetwork":true,"hostPID":true,"containers":[{"name":"c"}]}}"#
        )
        let pod = GoStruct.text("PodTemplateSpec", template)
        #expect(
            pod.hasPrefix(
                #"{"labels":{"a":"2","b":"1"},"Spec":{"Volumes":null,"InitContainers":null,"#))
        #expect(
            pod.contains(#""SecurityContext":{"HostNetwork":true,"HostPID":true,"HostIPC":false,"#))
        #expect(pod.contains(#""Resources":{"Limits":null,"Requests":null,"Claims":null}"#))
    }

    @Test(arguments: [
        ("a b c", "a b c", ""),
        ("", "a", "@@ -0,0 +1 @@\n+a\n"),
        ("a b c d e f g h", "a b c d x f g h", "@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+x\n f\n g\n h\n"),
        // The longest equal run counts, not the first.
        ("a b x y z", "x y z a b", "@@ -1,5 +1,5 @@\n-a\n-b\n x\n y\n z\n+a\n+b\n"),
        (
            "1 2 3 4 5 6 7 8 9 10", "0 2 3 4 5 6 7 8 9 11",
            "@@ -1,4 +1,4 @@\n-1\n+0\n 2\n 3\n 4\n@@ -7,4 +7,4 @@\n 7\n 8\n 9\n-10\n+11\n"
        ),
    ])
    func `lines are compared as difflib compares them`(
        _ old: String, _ new: String, _ hunks: String
    ) {
        let lines = { (text: String) in text.split(separator: " ").map(String.init) }
        #expect(SequenceDiff(lines(old), lines(new)).hunks == hunks)
    }
}

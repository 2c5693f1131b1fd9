import Testing
import Value

@testable import Printers

@Suite struct ServiceDescriptionTests {
    private static let service = object(
        "v1", "Service", "web",
        """
        "spec": {"type": "NodePort", "clusterIP": "10.96.0.9", "clusterIPs": ["10.96.0.9"],
         "ipFamilyPolicy": "SingleStack", "ipFamilies": ["IPv4"], "selector": {"app": "web"},
         "ports": [{"name": "http", "port": 80, "targetPort": 8080, "nodePort": 30080,
          "protocol": "TCP"}],
         "sessionAffinity": "None", "externalTrafficPolicy": "Cluster",
         "internalTrafficPolicy": "Cluster"}
        """)

    private static let slice = object(
        "discovery.k8s.io/v1", "EndpointSlice", "web-x",
        metadata: #""labels": {"kubernetes.io/service-name": "web"}"#,
        """
        "addressType": "IPv4", "ports": [{"name": "http", "port": 8080, "protocol": "TCP"}],
        "endpoints": [
         {"addresses": ["10.0.0.1"], "conditions": {"ready": true}, "nodeName": "node-1",
          "targetRef": {"kind": "Pod", "name": "web-1"}},
         {"addresses": ["10.0.0.2"], "conditions": {"ready": false}},
         {"addresses": ["10.0.0.3"], "conditions": {"ready": true}},
         {"addresses": ["10.0.0.4"], "conditions": {}},
         {"addresses": ["10.0.0.5"], "conditions": {"ready": true}}]
        """)

    @Test func aServiceShowsItsReadyEndpoints() {
        #expect(
            description(of: Self.service, related: [Self.slice]) == """
                Name:                     web
                Namespace:                default
                Labels:                   <none>
                Annotations:              <none>
                Selector:                 app=web
                Type:                     NodePort
                IP Family Policy:         SingleStack
                IP Families:              IPv4
                IP:                       10.96.0.9
                IPs:                      10.96.0.9
                Port:                     http  80/TCP
                TargetPort:               8080/TCP
                NodePort:                 http  30080/TCP
                Endpoints:                10.0.0.1:8080,10.0.0.3:8080,10.0.0.4:8080 + 1 more...
                Session Affinity:         None
                External Traffic Policy:  Cluster
                Internal Traffic Policy:  Cluster
                Events:                   <none>

                """)
    }

    @Test func aServiceWithoutSlicesHasNoEndpoints() {
        #expect(description(of: Self.service).contains("Endpoints:                <none>\n"))
    }

    @Test func anEndpointSliceListsEndpoints() {
        var slice = Self.slice
        slice["endpoints"] = .array(Array(slice["endpoints"].elements.prefix(2)))
        #expect(
            description(of: slice) == """
                Name:         web-x
                Namespace:    default
                Labels:       kubernetes.io/service-name=web
                Annotations:  <none>
                AddressType:  IPv4
                Ports:
                  Name  Port  Protocol
                  ----  ----  --------
                  http  8080  TCP
                Endpoints:
                  - Addresses:  10.0.0.1
                    Conditions:
                      Ready:    true
                    Hostname:   <unset>
                    TargetRef:  Pod/web-1
                    NodeName:   node-1
                    Zone:       <unset>
                  - Addresses:  10.0.0.2
                    Conditions:
                      Ready:   false
                    Hostname:  <unset>
                    NodeName:  <unset>
                    Zone:      <unset>
                Events:        <none>

                """)
    }

    @Test func endpointsListTheirSubsets() {
        let endpoints = object(
            "v1", "Endpoints", "web",
            """
            "subsets": [{"addresses": [{"ip": "10.0.0.1"}, {"ip": "10.0.0.2"}],
             "ports": [{"port": 80, "protocol": "TCP"}]}]
            """)
        #expect(
            description(of: endpoints) == """
                Name:         web
                Namespace:    default
                Labels:       <none>
                Annotations:  <none>
                Subsets:
                  Addresses:          10.0.0.1,10.0.0.2
                  NotReadyAddresses:  <none>
                  Ports:
                    Name     Port  Protocol
                    ----     ----  --------
                    <unset>  80    TCP

                Events:  <none>

                """)
    }

    @Test func anIngressShowsTheEndpointsOfItsBackends() {
        let ingress = object(
            "networking.k8s.io/v1", "Ingress", "shop",
            """
            "spec": {"ingressClassName": "nginx", "tls": [{"secretName": "cert", "hosts": ["a.io", "b.io"]}],
             "rules": [{"host": "a.io", "http": {"paths": [
              {"path": "/", "backend": {"service": {"name": "web", "port": {"number": 80}}}},
              {"path": "/x", "backend": {"service": {"name": "gone", "port": {"name": "http"}}}}]}}]}
            """)
        #expect(
            withoutTrailingBlanks(
                description(of: ingress, related: [Self.service, Self.slice])) == """
                    Name:             shop
                    Labels:           <none>
                    Namespace:        default
                    Address:
                    Ingress Class:    nginx
                    Default backend:  <default>
                    TLS:
                      cert terminates a.io,b.io
                    Rules:
                      Host        Path  Backends
                      ----        ----  --------
                      a.io
                                  /    web:80 (10.0.0.1:8080,10.0.0.3:8080,10.0.0.4:8080 + 1 more...)
                                  /x   gone:http (<error: services "gone" not found>)
                    Annotations:  <none>
                    Events:       <none>

                    """)
    }

    @Test func aNetworkPolicyTellsBothDirections() {
        let policy = object(
            "networking.k8s.io/v1", "NetworkPolicy", "np",
            """
            "spec": {"podSelector": {"matchLabels": {"role": "db"}}, "policyTypes": ["Ingress"],
             "ingress": [{"ports": [{"port": 6379, "protocol": "TCP"}],
              "from": [{"podSelector": {"matchLabels": {"app": "web"}}},
               {"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}}]}]}
            """)
        #expect(
            description(of: policy) == """
                Name:         np
                Namespace:    default
                Created on:   2025-01-01 00:05:00 +0000 UTC
                Labels:       <none>
                Annotations:  <none>
                Spec:
                  PodSelector:     role=db
                  Allowing ingress traffic:
                    To Port: 6379/TCP
                    From:
                      PodSelector: app=web
                    From:
                      IPBlock:
                        CIDR: 10.0.0.0/8
                        Except: 10.1.0.0/16
                  Not affecting egress traffic
                  Policy Types: Ingress

                """)
    }
}

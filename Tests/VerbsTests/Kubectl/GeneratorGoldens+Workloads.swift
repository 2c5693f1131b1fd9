extension GeneratorGoldens {
    /// Workloads, and what they are given: configuration, ingresses, accounts.
    static let workloads: [(line: String, text: String)] = [
        (
            #"create ingress i --rule=foo.com/bar=svc1:8080,tls=my-cert --rule=foo.com/x*=svc:http --class=default --annotation=a=b"#,
            #"""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              annotations:
                a: b
              name: i
            spec:
              ingressClassName: default
              rules:
              - host: foo.com
                http:
                  paths:
                  - backend:
                      service:
                        name: svc1
                        port:
                          number: 8080
                    path: /bar
                    pathType: Exact
                  - backend:
                      service:
                        name: svc
                        port:
                          name: http
                    path: /x
                    pathType: Prefix
              tls:
              - hosts:
                - foo.com
                secretName: my-cert
            status:
              loadBalancer: {}

            """#
        ),
        (
            #"create ingress i --default-backend=svc:80"#,
            #"""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: i
            spec:
              defaultBackend:
                service:
                  name: svc
                  port:
                    number: 80
            status:
              loadBalancer: {}

            """#
        ),
        (
            #"create ingress i"#,
            #"""
            error: not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)
            [exit 1]

            """#
        ),
        (
            #"create ingress i --rule=foo"#,
            #"""
            error: rule foo is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]
            [exit 1]

            """#
        ),
        (
            #"create namespace n"#,
            #"""
            apiVersion: v1
            kind: Namespace
            metadata:
              name: "n"
            spec: {}
            status: {}

            """#
        ),
        (
            #"create sa robot"#,
            #"""
            apiVersion: v1
            kind: ServiceAccount
            metadata:
              name: robot

            """#
        ),
        (
            #"create cronjob c --image=a --schedule=x -- date 1"#,
            #"""
            apiVersion: batch/v1
            kind: CronJob
            metadata:
              name: c
            spec:
              jobTemplate:
                metadata:
                  name: c
                spec:
                  template:
                    metadata: {}
                    spec:
                      containers:
                      - command:
                        - date
                        - "1"
                        image: a
                        name: c
                        resources: {}
                      restartPolicy: OnFailure
              schedule: x
            status: {}

            """#
        ),
        (
            #"create job j --image=a -n foo -- date"#,
            #"""
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: j
              namespace: foo
            spec:
              template:
                metadata: {}
                spec:
                  containers:
                  - command:
                    - date
                    image: a
                    name: j
                    resources: {}
                  restartPolicy: Never
            status: {}

            """#
        ),
        (
            #"create job j"#,
            #"""
            error: either --image or --from must be specified
            [exit 1]

            """#
        ),
        (
            #"create secret tls t"#,
            #"""
            error: key and cert must be specified
            [exit 1]

            """#
        ),
        (
            #"create secret docker-registry d --docker-username=u --docker-password=p --docker-email=e"#,
            #"""
            apiVersion: v1
            data:
              .dockerconfigjson: eyJhdXRocyI6eyJodHRwczovL2luZGV4LmRvY2tlci5pby92MS8iOnsidXNlcm5hbWUiOiJ1IiwicGFzc3dvcmQiOiJwIiwiZW1haWwiOiJlIiwiYXV0aCI6ImRUcHcifX19
            kind: Secret
            metadata:
              name: d
            type: kubernetes.io/dockerconfigjson

            """#
        ),
        (
            #"create secret generic g --from-literal=a=b --type=Opaque"#,
            #"""
            apiVersion: v1
            data:
              a: Yg==
            kind: Secret
            metadata:
              name: g
            type: Opaque

            """#
        ),
        (
            #"create secret generic g --from-literal=a=b --from-literal=a=c"#,
            #"""
            error: cannot add key a, another key by that name already exists
            [exit 1]

            """#
        ),
        (
            #"create cm g --from-literal=a=b --from-literal=a=c"#,
            #"""
            error: cannot add key "a", another key by that name already exists in Data for ConfigMap "g"
            [exit 1]

            """#
        ),
        (
            #"create cm g --from-literal=a~=b"#,
            #"""
            error: "a~" is not a valid key name for a ConfigMap: a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
            [exit 1]

            """#
        ),
        (
            #"create secret generic g --from-literal=a~=b"#,
            #"""
            error: "a~" is not valid key name for a Secret a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
            [exit 1]

            """#
        ),
        (
            #"create cm g --from-file=nope"#,
            #"""
            error: error reading nope: no such file or directory
            [exit 1]

            """#
        ),
        (
            #"create cm g --from-literal=x"#,
            #"""
            error: invalid literal source x, expected key=value
            [exit 1]

            """#
        ),
        (
            #"create deployment d --image=a --replicas=-5"#,
            #"""
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              labels:
                app: d
              name: d
            spec:
              replicas: -5
              selector:
                matchLabels:
                  app: d
              strategy: {}
              template:
                metadata:
                  labels:
                    app: d
                spec:
                  containers:
                  - image: a
                    name: a
                    resources: {}
            status: {}

            """#
        ),
        (
            #"create deployment d --image=a --image=b -- date"#,
            #"""
            error: cannot specify multiple --image options and command
            [exit 1]

            """#
        ),
        (
            #"run --image=x"#,
            #"""
            error: NAME is required for run
            See 'kubectl run -h' for help and examples
            [exit 1]

            """#
        ),
        (
            #"run x --image=nginx --restart=Foo"#,
            #"""
            error: invalid restart policy: Foo
            See 'kubectl run -h' for help and examples
            [exit 1]

            """#
        ),
        (
            #"run x --image=A:B:C"#,
            #"""
            error: Invalid image name "A:B:C": invalid reference format
            [exit 1]

            """#
        ),
        (
            #"create sa"#,
            #"""
            error: exactly one NAME is required, got 0
            See 'kubectl create serviceaccount -h' for help and examples
            [exit 1]

            """#
        ),
    ]
}

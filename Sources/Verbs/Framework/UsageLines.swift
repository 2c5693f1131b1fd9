/// The lines of usage as kubectl has them.
///
/// Source: `kubectl COMMAND --help` of 1.36.
enum UsageLines {
    /// The line of the command that `path` leads to; nil where kubectl has no such command.
    static func line(of path: [String]) -> String? {
        let command = path.joined(separator: " ")
        return table[command].map { $0.isEmpty ? "kubectl \(command)" : "kubectl \(command) \($0)" }
    }

    private static let table: [String: String] = {
        var table: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let halves = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            table[String(halves[0])] = String(halves[1])
        }
        return table
    }()

    private static let text = #"""
        create:-f FILENAME [options]
        create clusterrole:NAME --verb=verb --resource=resource.group \#
        [--resource-name=resourcename] [--dry-run=server|client|none] [options]
        create clusterrolebinding:NAME --clusterrole=NAME [--user=username] [--group=groupname] \#
        [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none] [options]
        create configmap:NAME [--from-file=[key=]source] [--from-literal=key1=value1] \#
        [--dry-run=server|client|none] [options]
        create cronjob:NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...] \#
        [flags] [options]
        create deployment:NAME --image=image -- [COMMAND] [args...] [options]
        create ingress:NAME --rule=host/path=service:port[,tls[=secret]]  [options]
        create job:NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...] [options]
        create namespace:NAME [--dry-run=server|client|none] [options]
        create poddisruptionbudget:NAME --selector=SELECTOR --min-available=N \#
        [--dry-run=server|client|none] [options]
        create priorityclass:NAME --value=VALUE --global-default=BOOL \#
        [--dry-run=server|client|none] [options]
        create quota:NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] \#
        [--dry-run=server|client|none] [options]
        create role:NAME --verb=verb --resource=resource.group/subresource \#
        [--resource-name=resourcename] [--dry-run=server|client|none] [options]
        create rolebinding:NAME --clusterrole=NAME|--role=NAME [--user=username] \#
        [--group=groupname] [--serviceaccount=namespace:serviceaccountname] \#
        [--dry-run=server|client|none] [options]
        create secret:(docker-registry | generic | tls) [options]
        create secret docker-registry:NAME --docker-username=user --docker-password=password \#
        --docker-email=email [--docker-server=string] [--from-file=[key=]source] \#
        [--dry-run=server|client|none] [options]
        create secret generic:NAME [--type=string] [--from-file=[key=]source] \#
        [--from-literal=key1=value1] [--dry-run=server|client|none] [options]
        create secret tls:NAME --cert=path/to/cert/file --key=path/to/key/file \#
        [--dry-run=server|client|none] [options]
        create service:[flags] [options]
        create service clusterip:NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none] \#
        [options]
        create service externalname:NAME --external-name external.name \#
        [--dry-run=server|client|none] [options]
        create service loadbalancer:NAME [--tcp=port:targetPort] [--dry-run=server|client|none] \#
        [options]
        create service nodeport:NAME [--tcp=port:targetPort] [--dry-run=server|client|none] \#
        [options]
        create serviceaccount:NAME [--dry-run=server|client|none] [options]
        create token:SERVICE_ACCOUNT_NAME [options]
        expose:(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] \#
        [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] \#
        [--type=type] [options]
        run:NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] \#
        [--overrides=inline-json] [--command] -- [COMMAND] [args...] [options]
        set:SUBCOMMAND [options]
        set env:RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N [options]
        set image:(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... \#
        CONTAINER_NAME_N=CONTAINER_IMAGE_N [options]
        set resources:(-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS] [options]
        set selector:(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version] [options]
        set serviceaccount:(-f FILENAME | TYPE NAME) SERVICE_ACCOUNT [options]
        set subject:(-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] \#
        [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none] [options]
        explain:TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] \#
        [-o|--output=plaintext|plaintext-openapiv2] [options]
        get:[(-o|--output=)json|yaml|kyaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file|custom-columns|custom-columns-file|wide] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags] [options]
        edit:(RESOURCE/NAME | -f FILENAME) [options]
        delete:([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)]) [options]
        rollout:SUBCOMMAND [options]
        rollout history:(TYPE NAME | TYPE/NAME) [flags] [options]
        rollout pause:RESOURCE [options]
        rollout restart:RESOURCE [options]
        rollout resume:RESOURCE [options]
        rollout status:(TYPE NAME | TYPE/NAME) [flags] [options]
        rollout undo:(TYPE NAME | TYPE/NAME) [flags] [options]
        scale:[--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f \#
        FILENAME | TYPE NAME) [options]
        autoscale:(-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS \#
        [--cpu=CPU] [--memory=MEMORY] [options]
        certificate:SUBCOMMAND [options]
        certificate approve:(-f FILENAME | NAME) [options]
        certificate deny:(-f FILENAME | NAME) [options]
        cluster-info:[flags] [options]
        cluster-info dump:[flags] [options]
        top:[flags] [options]
        top node:[NAME | -l label] [options]
        top pod:[NAME | -l label] [options]
        cordon:NODE [options]
        uncordon:NODE [options]
        drain:NODE [options]
        taint:NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N [options]
        describe:(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME) [options]
        logs:[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER] [options]
        attach:(POD | TYPE/NAME) -c CONTAINER [options]
        exec:(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...] [options]
        port-forward:TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]
        proxy:[--port=PORT] [--www=static-dir] [--www-prefix=prefix] [--api-prefix=prefix] [options]
        cp:<file-spec-src> <file-spec-dest> [options]
        auth:[flags] [options]
        auth can-i:VERB [TYPE | TYPE/NAME | NONRESOURCEURL] [options]
        auth reconcile:-f FILENAME [options]
        auth whoami:[options]
        debug:(POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ] [options]
        events:[(-o|--output=)json|yaml|kyaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file] [--for TYPE/NAME] [--watch] [--types=Normal,Warning] [options]
        diff:-f FILENAME [options]
        apply:(-f FILENAME | -k DIRECTORY) [options]
        apply edit-last-applied:(RESOURCE/NAME | -f FILENAME) [options]
        apply set-last-applied:-f FILENAME [options]
        apply view-last-applied:(TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME) [options]
        patch:(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE] [options]
        replace:-f FILENAME [options]
        wait:([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | \#
        --all)]) [--for=create|--for=delete|--for \#
        condition=available|--for=jsonpath='{}'[=value]] [options]
        kustomize:DIR [flags] [options]
        label:[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N \#
        [--resource-version=version] [options]
        annotate:[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N \#
        [--resource-version=version] [options]
        completion:SHELL [options]
        api-resources:[flags] [options]
        api-versions:[options]
        config:SUBCOMMAND [options]
        config current-context:[flags] [options]
        config delete-cluster:NAME [options]
        config delete-context:NAME [options]
        config delete-user:NAME [options]
        config get-clusters:[flags] [options]
        config get-contexts:[(-o|--output=)name)] [options]
        config get-users:[flags] [options]
        config rename-context:CONTEXT_NAME NEW_NAME [options]
        config set:PROPERTY_NAME PROPERTY_VALUE [options]
        config set-cluster:NAME [--server=server] \#
        [--certificate-authority=path/to/certificate/authority] \#
        [--insecure-skip-tls-verify=true] [--tls-server-name=example.com] [options]
        config set-context:[NAME | --current] [--cluster=cluster_nickname] \#
        [--user=user_nickname] [--namespace=namespace] [options]
        config set-credentials:NAME [--client-certificate=path/to/certfile] \#
        [--client-key=path/to/keyfile] [--token=bearer_token] [--username=basic_user] \#
        [--password=basic_password] [--auth-provider=provider_name] \#
        [--auth-provider-arg=key=value] [--exec-command=exec_command] \#
        [--exec-api-version=exec_api_version] [--exec-arg=arg] [--exec-env=key=value] [options]
        config unset:PROPERTY_NAME [options]
        config use-context:CONTEXT_NAME [options]
        config view:[flags] [options]
        kuberc:SUBCOMMAND [options]
        kuberc set:--section (defaults|aliases) --command COMMAND [options]
        kuberc view:[options]
        plugin:[flags] [options]
        plugin list:[flags] [options]
        version:[flags] [options]
        """#
}

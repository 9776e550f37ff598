namespace Fairlead.Serving.Requests;

/// <summary>A request's path, taken apart in place.</summary>
internal readonly ref struct HostPath
{
    public HostOperation Operation { get; private init; }

    /// <summary>Empty when the path names none.</summary>
    public ReadOnlySpan<char> Environment { get; private init; }

    public ReadOnlySpan<char> Service { get; private init; }

    /// <summary>Empty when the path names none.</summary>
    public ReadOnlySpan<char> Version { get; private init; }

    /// <param name="path">Decoded, without the query.</param>
    public static HostPath Parse(ReadOnlySpan<char> path)
    {
        if (path is "/fairlead/status")
            return new HostPath { Operation = HostOperation.Status };
        var environment = ReadOnlySpan<char>.Empty;
        if (TrySkip(ref path, "/environments/"))
        {
            environment = Take(ref path);
            if (environment.IsEmpty)
                return default;
        }

        return path switch
        {
            "/v2" => new HostPath { Operation = HostOperation.ServerMetadata },
            "/v2/health/live" => new HostPath { Operation = HostOperation.Live },
            "/v2/health/ready" => new HostPath { Operation = HostOperation.Ready },
            _ => TrySkip(ref path, "/v2/models/") ? ParseModel(path, environment) : default,
        };
    }

    private static HostPath ParseModel(ReadOnlySpan<char> path, ReadOnlySpan<char> environment)
    {
        var service = Take(ref path);
        var version = ReadOnlySpan<char>.Empty;
        if (TrySkip(ref path, "/versions/"))
        {
            version = Take(ref path);
            if (version.IsEmpty)
                return default;
        }

        var operation = path switch
        {
            "" => HostOperation.ModelMetadata,
            "/ready" => HostOperation.ModelReady,
            "/infer" => HostOperation.Infer,
            _ => HostOperation.None,
        };
        return service.IsEmpty ? default : new HostPath { Operation = operation, Environment = environment, Service = service, Version = version };
    }

    private static bool TrySkip(scoped ref ReadOnlySpan<char> path, string prefix)
    {
        if (!path.StartsWith(prefix))
            return false;
        path = path[prefix.Length..];
        return true;
    }

    private static ReadOnlySpan<char> Take(scoped ref ReadOnlySpan<char> path)
    {
        var end = path.IndexOf('/');
        var part = end < 0 ? path : path[..end];
        path = path[part.Length..];
        return part;
    }
}

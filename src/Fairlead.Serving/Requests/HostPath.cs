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

    /// <summary>The path behind the environment, or behind the service of a command.</summary>
    public ReadOnlySpan<char> Rest { get; private init; }

    /// <param name="path">Decoded, without the query.</param>
    public static HostPath Parse(ReadOnlySpan<char> path)
    {
        if (path is "/fairlead/status")
            return new HostPath { Operation = HostOperation.Status, Rest = path };
        if (path is "/metrics")
            return new HostPath { Operation = HostOperation.Metrics, Rest = path };
        var environment = ReadOnlySpan<char>.Empty;
        if (TrySkip(ref path, "/environments/"))
        {
            environment = Take(ref path);
            if (environment.IsEmpty)
                return default;
        }

        if (TrySkip(ref path, "/services/"))
        {
            var service = Take(ref path);
            return service.IsEmpty ? default : new HostPath { Operation = HostOperation.Forward, Environment = environment, Service = service, Rest = path.IsEmpty ? "/" : path };
        }

        if (path.StartsWith("/v2/models/") && path is not "/v2/models/stats")
            return ParseModel(path, environment);
        return new HostPath { Operation = ParseServer(path), Environment = environment, Rest = path, Service = ModelOfRepository(path) };
    }

    private static HostOperation ParseServer(ReadOnlySpan<char> path) => path switch
    {
        "/v2" or "/v2/" => HostOperation.ServerMetadata,
        "/v2/health/live" => HostOperation.Live,
        "/v2/health/ready" => HostOperation.Ready,
        "/v2/models" => HostOperation.ModelList,
        "/v2/models/stats" => HostOperation.AllStatistics,
        "/v2/repository/index" => HostOperation.RepositoryIndex,
        _ when ModelOfRepository(path).IsEmpty => HostOperation.None,
        _ => path.EndsWith("/load") ? HostOperation.RepositoryLoad : HostOperation.RepositoryUnload,
    };

    /// <summary>The model in <c>/v2/repository/models/{model}/load</c> or <c>/unload</c>; empty for another path.</summary>
    private static ReadOnlySpan<char> ModelOfRepository(ReadOnlySpan<char> path)
    {
        if (!TrySkip(ref path, "/v2/repository/models/"))
            return default;
        var model = Take(ref path);
        return path is "/load" or "/unload" ? model : default;
    }

    private static HostPath ParseModel(ReadOnlySpan<char> path, ReadOnlySpan<char> environment)
    {
        var whole = path;
        TrySkip(ref path, "/v2/models/");
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
            "/infer" => HostOperation.Infer,
            "/ready" => HostOperation.ModelReady,
            "/stats" => HostOperation.ModelStatistics,
            "/config" => HostOperation.ModelConfig,
            _ => HostOperation.None,
        };
        return service.IsEmpty ? default : new HostPath { Operation = operation, Environment = environment, Service = service, Version = version, Rest = whole };
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

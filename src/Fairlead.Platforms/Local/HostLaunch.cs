namespace Fairlead.Platforms.Local;

/// <summary>How the host is started.</summary>
public sealed record HostLaunch
{
    /// <summary>The executable: an absolute path, or a name on PATH.</summary>
    public required string FileName { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Added to the environment of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Takes what the host prints, appended.</summary>
    public required string LogFile { get; init; }

    /// <summary>Where the host will listen, such as <c>http://localhost:7071</c>.</summary>
    public required string Url { get; init; }
}

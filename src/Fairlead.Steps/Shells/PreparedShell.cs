namespace Fairlead.Steps.Shells;

/// <summary>How to start a shell in a sandbox that is prepared; who asked for it does.</summary>
public sealed record PreparedShell
{
    public required string Step { get; init; }

    /// <summary>Kind of the sandbox.</summary>
    public required string Sandbox { get; init; }

    /// <summary>The step's working folder on this machine, with <c>in/</c> and <c>out/</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>The same folder as it is called in the sandbox.</summary>
    public required string Inside { get; init; }

    /// <summary>Program and arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The whole environment to start it with.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Where to start it.</summary>
    public required string StartFolder { get; init; }
}

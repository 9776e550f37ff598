namespace Fairlead.Domain.Pipelines.Activities;

/// <summary>A command to be run in a sandbox.</summary>
/// <param name="Code">Files and folders of the project that it can see.</param>
public sealed record ScriptOrder(string Key, string Command, IReadOnlyList<string> Code, IReadOnlyDictionary<string, string> Environment, bool HasNetwork)
{
    /// <summary>The commit whose files it sees; null for the work tree.</summary>
    public string? Commit { get; init; }
}

namespace Fairlead.Steps.Execution;

/// <param name="Command">Program, absolute or looked for on this process's PATH, and its arguments.</param>
/// <param name="Environment">The whole environment of the process.</param>
/// <param name="Folder">Where it starts.</param>
internal sealed record ProcessStart(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment, string Folder)
{
    /// <summary>Processors that it is bound to, the first ones of this process's; null for all.</summary>
    public int? Processors { get; init; }
}

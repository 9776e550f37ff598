using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Load;

/// <summary>One that is measured beside others.</summary>
/// <param name="Workspace">Whose host it is; null for the peers.</param>
internal sealed record Contender(string Name, ILoad Load, Workspace? Workspace = null)
{
    /// <summary>False for programs that are as fast at once as they will ever be.</summary>
    public bool GrowsHot { get; init; } = true;
}

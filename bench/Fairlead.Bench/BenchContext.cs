using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench;

/// <summary>What every scenario gets.</summary>
/// <param name="Folder">For files of the run; removed at its end.</param>
/// <param name="Workspace">Up, with two server groups at 90 and 10 % in production.</param>
/// <param name="Progress">Takes a line for people.</param>
internal sealed record BenchContext(BenchOptions Options, string Folder, Workspace Workspace, TimeProvider Time, Action<string> Progress);

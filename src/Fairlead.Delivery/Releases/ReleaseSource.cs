using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Delivery.Releases;

/// <summary>What a release is made of: the project in one folder.</summary>
/// <param name="Runs">Those that belong to it.</param>
public sealed record ReleaseSource(IWorkspace Workspace, ICurrentRuns Runs, IProjectCode Code);

using Fairlead.Domain.Projects;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Workspace;

/// <summary>The repository's state and the project's files at one moment; the same object as long as nothing changes.</summary>
/// <param name="Files">What git tracks or would track below the project's folder and is there, relative to it.</param>
internal sealed record WorkTree(CommitState Commit, FileListing Files);

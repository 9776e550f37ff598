namespace Fairlead.Domain.Projects;

/// <summary>The project as it is in the work tree at one moment.</summary>
/// <param name="FileText">The project file's text.</param>
public sealed record ProjectSnapshot(ProjectDefinition Project, string FileText, CommitState Commit);

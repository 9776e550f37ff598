namespace Fairlead.Domain.Projects;

/// <param name="Path">File or folder, relative to the project file.</param>
public sealed record DatasetDefinition(string Name, string Path);

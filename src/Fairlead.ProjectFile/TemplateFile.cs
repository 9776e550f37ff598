namespace Fairlead.ProjectFile;

/// <summary>A file that a new project begins with.</summary>
/// <param name="Path">Relative to the project file, with '/'.</param>
public sealed record TemplateFile(string Path, string Content);

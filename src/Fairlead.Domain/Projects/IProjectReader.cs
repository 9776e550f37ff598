namespace Fairlead.Domain.Projects;

/// <summary>The seam to the project file's syntax.</summary>
public interface IProjectReader
{
    /// <summary>Reads the text of a project file; never throws for what the text holds.</summary>
    ProjectReading Read(string text);
}

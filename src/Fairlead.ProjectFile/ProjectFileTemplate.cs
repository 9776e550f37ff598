using System.Text;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Reading;
using Fairlead.ProjectFile.Rules;

namespace Fairlead.ProjectFile;

/// <summary>What <c>fairlead init</c> writes: a commented project file that runs as it is, with nothing installed but a POSIX shell.</summary>
public static class ProjectFileTemplate
{
    private const string NameMark = "{{project}}";
    private static readonly string[] Companions = ["steps/generate.sh", "steps/summary.sql"];

    /// <summary>Everything that a new project begins with: <c>fairlead.yaml</c> first, then the files that its steps refer to.</summary>
    /// <exception cref="FairleadException">Invalid: <paramref name="projectName"/> is no project name; see <see cref="NameFor"/>.</exception>
    public static IReadOnlyList<TemplateFile> Files(string projectName) =>
        [new TemplateFile(StateFolder.ProjectFileName, Text(projectName)), .. Companions.Select(path => new TemplateFile(path, Resource(path)))];

    /// <summary>The text of <c>fairlead.yaml</c>.</summary>
    /// <exception cref="FairleadException">Invalid: <paramref name="projectName"/> is no project name; see <see cref="NameFor"/>.</exception>
    public static string Text(string projectName)
    {
        if (!TextFormats.Name.Matches(projectName))
            throw FairleadException.Invalid($"The project cannot be named '{Quoted.Text(projectName)}'; use {TextFormats.Name.Expected}, such as '{NameFor(projectName)}'.");
        return Resource(StateFolder.ProjectFileName).Replace(NameMark, projectName, StringComparison.Ordinal);
    }

    /// <summary>The project name nearest to a folder's name: "My-Model 2" gives "my_model_2"; "project" when nothing of it can be used.</summary>
    public static string NameFor(string folderName)
    {
        var name = new StringBuilder();
        foreach (var c in folderName.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || (char.IsAsciiDigit(c) && name.Length > 0))
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '_')
                name.Append('_');
        }

        var usable = name.ToString(0, Math.Min(name.Length, 63)).TrimEnd('_');
        return usable.Length == 0 ? "project" : usable;
    }

    private static string Resource(string path)
    {
        using var stream = typeof(ProjectFileTemplate).Assembly.GetManifestResourceStream("template/" + path)
            ?? throw new InvalidOperationException($"The template's file '{path}' is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

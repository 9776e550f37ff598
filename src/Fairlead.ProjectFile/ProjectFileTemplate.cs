using System.Text;
using Fairlead.ProjectFile.Rules;

namespace Fairlead.ProjectFile;

/// <summary>What <c>fairlead init</c> writes: a commented project file that runs as it is, with nothing installed but a POSIX shell.</summary>
public static class ProjectFileTemplate
{
    private const string ProjectFile = "fairlead.yaml";
    private const string NameMark = "{{project}}";
    private static readonly string[] Companions = ["steps/generate.sh", "steps/summary.sql"];

    /// <summary>The files that the template's steps refer to.</summary>
    public static IReadOnlyList<TemplateFile> CompanionFiles { get; } = [.. Companions.Select(path => new TemplateFile(path, Resource(path)))];

    /// <summary>The text of <c>fairlead.yaml</c>.</summary>
    /// <exception cref="ArgumentException"><paramref name="projectName"/> is no project name; see <see cref="NameFor"/>.</exception>
    public static string Text(string projectName)
    {
        if (!TextFormats.Name.Matches(projectName))
            throw new ArgumentException($"'{projectName}' is no project name; use {TextFormats.Name.Expected}.", nameof(projectName));
        return Resource(ProjectFile).Replace(NameMark, projectName, StringComparison.Ordinal);
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

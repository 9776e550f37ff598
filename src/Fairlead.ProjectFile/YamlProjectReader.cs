using System.Text;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Reading;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile;

/// <summary>Reads <c>fairlead.yaml</c> (YAML 1.2, core schema) and reports everything that is wrong with it at once.</summary>
public sealed class YamlProjectReader : IProjectReader
{
    /// <summary>Bytes of UTF-8 that a project file may have.</summary>
    public const int MaxBytes = 1 << 20;

    /// <inheritdoc />
    public ProjectReading Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var problems = new ProblemList();
        var project = Read(text.TrimStart('\uFEFF'), problems);
        return problems.IsEmpty ? new ProjectReading(project, []) : new ProjectReading(null, problems.ToList());
    }

    private static ProjectDefinition? Read(string text, ProblemList problems)
    {
        if (text.Length > MaxBytes || Encoding.UTF8.GetByteCount(text) > MaxBytes)
            problems.Add(Place.Start, $"the file is larger than {MaxBytes / 1024} KiB; move data out of it");
        else if (Characters.FindRefused(text) is { } refused)
            problems.Add(refused.Place, $"the character U+{(int)refused.Character:X4} may not be in a YAML file; remove it, or write it as an escape in double quotes");
        else if (YamlComposer.Compose(text, problems) is { } root && root is not YamlScalar { IsNull: true })
            return new DefinitionBuilder(new ShapeChecker(problems).CheckRoot(root), problems).Build();
        else if (problems.IsEmpty)
            problems.Add(Place.Start, $"the file is empty; begin with '{Keys.Project}: NAME'");
        return null;
    }
}

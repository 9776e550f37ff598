using System.Diagnostics;
using Fairlead.Domain.Problems;

namespace Fairlead.ProjectFile.Tests;

public sealed class ProjectFileTemplateTests
{
    [Fact]
    public void Text_OfAnyProjectName_ReadsWithoutProblems()
    {
        var reading = new YamlProjectReader().Read(ProjectFileTemplate.Text("my_project"));
        Assert.Equal([], reading.Problems);
        Assert.Equal("my_project", reading.Project!.Name);
    }

    [Fact]
    public void Text_CommentedParts_ReadWithoutProblemsWhenUncommented()
    {
        var lines = ProjectFileTemplate.Text("p").Split('\n').Select(line => line.StartsWith("# datasets", StringComparison.Ordinal) || line.StartsWith("#   readings", StringComparison.Ordinal) || line.StartsWith("# owner", StringComparison.Ordinal) ? line[2..] : line);
        var reading = new YamlProjectReader().Read(string.Join('\n', lines));
        Assert.Equal([], reading.Problems);
        Assert.Equal(("readings", "you@example.com"), (Assert.Single(reading.Project!.Datasets).Name, reading.Project.Owner));
    }

    [Fact]
    public void Files_OfAProject_AreTheProjectFileAndWhatItsStepsReferTo()
    {
        var files = ProjectFileTemplate.Files("p");
        Assert.Equal(new TemplateFile("fairlead.yaml", ProjectFileTemplate.Text("p")), files[0]);
        var steps = new YamlProjectReader().Read(files[0].Content).Project!.Steps;
        var referred = steps.SelectMany(step => step.Code.Append(step.Sql)).OfType<string>();
        Assert.Equal(referred.Order(), files.Skip(1).Select(file => file.Path).Order());
    }

    [Fact]
    public async Task Generate_RunTwiceByShell_LeavesTheSameRows()
    {
        var first = await GenerateAsync();
        Assert.Equal(first, await GenerateAsync());
        var lines = first.TrimEnd('\n').Split('\n');
        Assert.Equal("sensor,hour,temperature", lines[0]);
        Assert.Equal(11, lines.Length);
        Assert.Equal(10, lines.Skip(1).Distinct().Count());
        Assert.All(lines.Skip(1), line => Assert.Matches("^s[0-4],[0-9]+,[0-9]+\\.[0-9]$", line));
    }

    [Theory]
    [InlineData("My-Model 2", "my_model_2")]
    [InlineData("2nd--try_", "nd_try")]
    [InlineData("ÄÖ", "project")]
    [InlineData("", "project")]
    public void NameFor_FolderName_GivesAProjectName(string folder, string expected)
    {
        Assert.Equal(expected, ProjectFileTemplate.NameFor(folder));
        Assert.True(new YamlProjectReader().Read(ProjectFileTemplate.Text(ProjectFileTemplate.NameFor(new string('-', 3) + folder + new string('x', 100)))).Succeeded);
    }

    [Fact]
    public void Text_OfANameThatIsNone_SaysWhichOneWouldBe()
    {
        var problem = Assert.Throws<FairleadException>(() => ProjectFileTemplate.Text("My Project"));
        Assert.Equal(ProblemKind.Invalid, problem.Kind);
        Assert.Equal("The project cannot be named 'My Project'; use lower-case letters, digits and '_', a letter first, 63 at most, such as 'my_project'.", problem.Message);
    }

    private static async Task<string> GenerateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("fairlead-template-");
        try
        {
            foreach (var file in ProjectFileTemplate.Files("p"))
            {
                var path = Path.Combine(folder.FullName, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, file.Content, TestContext.Current.CancellationToken);
            }

            folder.CreateSubdirectory("out");
            var start = new ProcessStartInfo("/bin/sh", ["-c", "sh steps/generate.sh"]) { WorkingDirectory = folder.FullName };
            start.Environment["FAIRLEAD_PARAM_ROWS"] = "10";
            start.Environment["FAIRLEAD_PARAM_SEED"] = "7";
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, process.ExitCode);
            return await File.ReadAllTextAsync(Path.Combine(folder.FullName, "out/readings.csv"), TestContext.Current.CancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Sweeps;
using Fairlead.ProjectFile;
using Fairlead.Steps.Tests.Support;
using Fairlead.Steps.Trials;

namespace Fairlead.Steps.Tests.Trials;

public sealed class ParameterCommitsTests : IDisposable
{
    private const string Yaml = """
        project: p   # what it is
        steps:
          train: { run: "true", params: { l2: 0.01, kind: a }, outputs: [] }   # kept

          evaluate:
            run: "true"
            params:
              threshold: 0.5     # kept, too
            outputs: []
        """;

    private readonly TestProject project = new(Yaml);

    public ParameterCommitsTests()
    {
        project.Git("config", "user.name", "Tester");
        project.Git("config", "user.email", "tester@fairlead.invalid");
        project.Write("other.txt", "one");
        project.Git("add", "-A");
        project.Git("commit", "-q", "-m", "other");
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task Commit_OfSeveralValues_ChangesThemAndNothingElse()
    {
        // Whatever else is changed or staged stays as it is.
        project.Write("other.txt", "two");
        project.Write("staged.txt", "new");
        project.Git("add", "staged.txt");

        var commit = await Commits().CommitAsync([Change("train", "l2", "0.000215"), Change("train", "kind", "\"b\""), Change("evaluate", "threshold", "0.3")], "train: better\n\nMuch.", TestProject.Token);

        Assert.Equal(Yaml.Replace("0.01", "0.000215").Replace("kind: a", "kind: b").Replace("threshold: 0.5", "threshold: 0.3"), File.ReadAllText(Path.Combine(project.Root, "fairlead.yaml")));
        Assert.Equal(project.Git("rev-parse", "HEAD").Trim(), commit!.Commit);
        Assert.Equal("fairlead.yaml", project.Git("show", "--name-only", "--format=", "HEAD").Trim());
        Assert.Equal("train: better\n\nMuch.", project.Git("show", "--no-patch", "--format=%B", "HEAD").Trim());
        Assert.Equal("M other.txt\nA  staged.txt", project.Git("status", "--porcelain").Trim());
    }

    [Fact]
    public async Task Commit_OfWhatIsThereAlready_MakesNone()
    {
        var before = project.Git("rev-parse", "HEAD");
        Assert.Null(await Commits().CommitAsync([Change("train", "l2", "0.01")], "nothing", TestProject.Token));
        Assert.Equal(before, project.Git("rev-parse", "HEAD"));
    }

    [Fact]
    public async Task Commit_WithAChangedProjectFile_IsRefused()
    {
        project.Edit("fairlead.yaml", "threshold: 0.5", "threshold: 0.6");
        var refused = await Assert.ThrowsAsync<FairleadException>(() => Commits().CommitAsync([Change("train", "l2", "1")], "x", TestProject.Token));
        Assert.Equal(ProblemKind.Conflict, refused.Kind);
        Assert.Contains("commit or undo them first", refused.Message);
    }

    [Fact]
    public async Task Commit_ThatGitRefuses_LeavesTheFileAsItWas()
    {
        var hook = project.Write(".git/hooks/pre-commit", "#!/bin/sh\necho no way >&2\nexit 1\n");
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var refused = await Assert.ThrowsAsync<FairleadException>(() => Commits().CommitAsync([Change("train", "l2", "1")], "x", TestProject.Token));
        Assert.Contains("which is as it was: no way", refused.Message);
        Assert.Equal(Yaml, File.ReadAllText(Path.Combine(project.Root, "fairlead.yaml")));
        Assert.Empty(project.Git("status", "--porcelain"));
    }

    private ParameterCommits Commits() => new(project.Workspace, (text, change) => ProjectFileEditor.Set(text, ["steps", change.Step, "params", change.Parameter], JsonNode.Parse(change.Value.GetRawText())));

    private static ParameterChange Change(string step, string parameter, string value) => new(step, parameter, JsonElement.Parse(value));
}

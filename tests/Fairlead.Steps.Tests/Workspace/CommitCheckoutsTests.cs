using Fairlead.Domain.Problems;
using Fairlead.ProjectFile;
using Fairlead.Steps.Tests.Support;
using Fairlead.Steps.Workspace;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Steps.Tests.Workspace;

public sealed class CommitCheckoutsTests
{
    private const string Yaml = """
        project: test
        datasets: { kept: { path: kept.csv }, ignored: { path: data } }
        steps:
          copy:
            run: cp code/word.txt out/word.txt && cp in/kept out/kept.txt && cp in/ignored/part.txt out/part.txt
            code: [code]
            inputs: { kept: dataset:kept, ignored: dataset:ignored }
            outputs: [word.txt, kept.txt, part.txt]

        """;

    private static CancellationToken Token => TestProject.Token;

    [Fact]
    public async Task At_WorkTreeIsSomethingElse_RunsTheCommitWithTheDataThatNoCommitHolds()
    {
        using var project = NewProject();
        var commit = project.Git("rev-parse", "HEAD");
        project.Write("code/word.txt", "later");
        project.Write("kept.csv", "later");
        project.Write("data/part.txt", "the only one");
        project.Edit("fairlead.yaml", "cp code/word.txt", "false && cp code/word.txt");
        using var checkout = await Create(project).TakeAsync(commit, Token);
        var report = await project.Engine.At(checkout.Workspace).RunAsync(new RunOrder { User = "ann" }, _ => { }, Token);
        Assert.True(report.Succeeded, string.Join('\n', report.Steps.Select(step => step.Reason)));
        Assert.Equal((commit, null), (report.Commit.Commit, report.Commit.DirtyDigest));
        var run = report.Steps[0].Run!;
        Assert.Equal(["committed", "committed", "the only one"], [await project.ReadOutputAsync(run, "word.txt"), await project.ReadOutputAsync(run, "kept.txt"), await project.ReadOutputAsync(run, "part.txt")]);
    }

    [Fact]
    public async Task Read_Commit_GivesItsProjectFileWhateverTheWorkTreeHolds()
    {
        using var project = NewProject();
        project.Write("fairlead.yaml", "nonsense: [");
        var snapshot = await Create(project).ReadAsync("main", Token);
        Assert.Equal((project.Git("rev-parse", "HEAD"), "copy"), (snapshot.Commit.Commit, Assert.Single(snapshot.Project.Steps).Name));
        var none = await Assert.ThrowsAsync<FairleadException>(() => Create(project).ReadAsync("--all", Token));
        Assert.Equal(ProblemKind.NotFound, none.Kind);
        project.Git("add", "-A");
        project.Git("commit", "-q", "-m", "broken");
        var broken = await Assert.ThrowsAsync<FairleadException>(() => Create(project).ReadAsync("HEAD", Token));
        Assert.Contains("fairlead.yaml at ", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_ManyAtOnce_SharesOneCheckoutAndKeepsAFew()
    {
        using var project = NewProject();
        var checkouts = Create(project);
        var commits = new List<string>();
        for (var i = 0; i < CommitCheckouts.Kept + 3; i++)
        {
            project.Write("code/word.txt", $"{i}");
            project.Git("commit", "-qam", $"{i}");
            commits.Add(project.Git("rev-parse", "HEAD"));
        }

        var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => checkouts.TakeAsync(commits[i % commits.Count], Token)));
        Assert.Equal(commits.Count, taken.Select(one => one.Workspace.Root).Distinct().Count());
        foreach (var (checkout, i) in taken.Select((checkout, i) => (checkout, i)))
            Assert.Equal($"{i % commits.Count}", File.ReadAllText(Path.Combine(checkout.Workspace.Root, "code/word.txt")));
        foreach (var checkout in taken)
        {
            checkout.Dispose();
            checkout.Dispose();
        }

        Assert.Equal(CommitCheckouts.Kept, Directory.GetDirectories(project.State.Checkouts).Length);
        checkouts.Recover();
        Assert.False(Directory.Exists(project.State.Checkouts));
    }

    private static CommitCheckouts Create(TestProject project) => new(project.Workspace, new YamlProjectReader(), project.State, NullLogger<CommitCheckouts>.Instance);

    private static TestProject NewProject()
    {
        var project = new TestProject(Yaml);
        project.Write(".gitignore", "data/*\n!data/.gitkeep\n");
        project.Write("data/.gitkeep", "");
        project.Write("kept.csv", "committed");
        project.Write("code/word.txt", "committed");
        project.Git("add", "-A");
        project.Git("commit", "-q", "-m", "more");
        project.Git("branch", "-M", "main");
        return project;
    }
}

using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile;
using Fairlead.Steps.Tests.Support;
using Fairlead.Steps.Workspace;

namespace Fairlead.Steps.Tests.Workspace;

public sealed class GitWorkspaceTests : IDisposable
{
    private const string Yaml = "project: tiny\nsteps:\n  a: { run: 'true > out/a', outputs: [a] }\n";
    private readonly TempFolder folder = new();
    private readonly GitWorkspace workspace;

    public GitWorkspaceTests() => workspace = new GitWorkspace(folder.Path, new YamlProjectReader());

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Read_OutsideARepository_SaysGitInit()
    {
        folder.Write("fairlead.yaml", Yaml);
        Assert.Contains("`git init`", await ProblemAsync());
    }

    [Fact]
    public async Task Read_WithoutAFolder_NamesIt()
    {
        var missing = new GitWorkspace(folder["missing"], new YamlProjectReader());
        var problem = await Assert.ThrowsAsync<FairleadException>(() => missing.ReadAsync(TestProject.Token));
        Assert.Contains("missing'", problem.Message);
    }

    [Fact]
    public async Task Read_WithoutAProjectFile_SaysFairleadInit()
    {
        Git("init", "-q");
        Assert.Contains("`fairlead init`", await ProblemAsync());
    }

    [Fact]
    public async Task Read_BeforeTheFirstCommit_SaysCommit()
    {
        folder.Write("fairlead.yaml", Yaml);
        Git("init", "-q");
        Assert.Contains("no commit yet", await ProblemAsync());
    }

    [Fact]
    public async Task Read_OfABadProjectFile_ListsEveryProblemWithItsPlace()
    {
        Commit("project: tiny\nstepz: {}\nsteps:\n  a: { runn: x }\n");
        var lines = (await ProblemAsync()).Split('\n');
        Assert.True(lines.Length >= 2);
        Assert.All(lines, line => Assert.Matches(@"^fairlead\.yaml:\d+:\d+: ", line));
    }

    [Fact]
    public async Task Read_OfAProjectFileThatIsNotUtf8_SaysWhere()
    {
        Commit(Yaml);
        File.WriteAllBytes(folder["fairlead.yaml"], [(byte)'a', 0xff]);
        Assert.Contains("not valid UTF-8 at byte 1", await ProblemAsync());
    }

    [Fact]
    public async Task Read_OfACleanTree_GivesCommitAndBranchAndNoDirtyDigest()
    {
        Commit(Yaml);
        var snapshot = await workspace.ReadAsync(TestProject.Token);
        Assert.Equal(new CommitState(Git("rev-parse", "HEAD"), "main", null), snapshot.Commit);
        Assert.Equal(Yaml, snapshot.FileText);
        Assert.Equal("tiny", snapshot.Project.Name);
        Assert.Equal("*\n", File.ReadAllText(folder[".fairlead/.gitignore"]));
        Assert.Equal("", Git("status", "--porcelain"));
    }

    [Fact]
    public async Task Read_WhenHeadIsDetached_GivesNoBranch()
    {
        Commit(Yaml);
        Git("checkout", "-q", "--detach");
        Assert.Null((await CommitAsync()).Branch);
    }

    [Fact]
    public async Task Read_WhenAnyFileDiffers_GivesADigestOfNamesAndContents()
    {
        Commit(Yaml);
        var states = new List<string?> { await DirtyAsync() };
        folder.Write("new file ü\n.txt", "1");
        states.Add(await DirtyAsync());
        folder.Write("new file ü\n.txt", "2");
        states.Add(await DirtyAsync());
        File.Move(folder["new file ü\n.txt"], folder["other.txt"]);
        states.Add(await DirtyAsync());
        File.SetUnixFileMode(folder["other.txt"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        states.Add(await DirtyAsync());
        folder.Write("fairlead.yaml", Yaml + "# changed\n");
        states.Add(await DirtyAsync());
        Git("add", "-A");
        Assert.Equal(states[^1], await DirtyAsync());
        File.Delete(folder["other.txt"]);
        File.CreateSymbolicLink(folder["other.txt"], "fairlead.yaml");
        states.Add(await DirtyAsync());
        Git("mv", "fairlead.yaml", "moved.yaml");
        File.Copy(folder["moved.yaml"], folder["fairlead.yaml"]);
        states.Add(await DirtyAsync());
        Assert.Null(states[0]);
        Assert.Equal(states.Count, states.Distinct().Count());
    }

    [Fact]
    public async Task Read_WhenATrackedFileIsDeleted_IsDirtyUntilItIsBack()
    {
        folder.Write("data.txt", "x");
        Commit(Yaml);
        File.Delete(folder["data.txt"]);
        Assert.NotNull(await DirtyAsync());
        folder.Write("data.txt", "x");
        Assert.Null(await DirtyAsync());
    }

    [Fact]
    public async Task Read_OfIgnoredFiles_StaysClean()
    {
        folder.Write(".gitignore", "bin/\n");
        Commit(Yaml);
        folder.Write("bin/x", "1");
        folder.Write(".fairlead/store/x", "1");
        Assert.Null(await DirtyAsync());
    }

    [Fact]
    public async Task Read_InAFolderOfALargerRepository_KnowsTheStateOfAllOfIt()
    {
        folder.Write("sub project/fairlead.yaml", Yaml);
        Commit(null);
        var nested = new GitWorkspace(folder["sub project"], new YamlProjectReader());
        Assert.False((await nested.ReadAsync(TestProject.Token)).Commit.IsDirty);
        folder.Write("elsewhere.txt", "1");
        var first = (await nested.ReadAsync(TestProject.Token)).Commit.DirtyDigest;
        folder.Write("elsewhere.txt", "2");
        Assert.NotEqual(first, (await nested.ReadAsync(TestProject.Token)).Commit.DirtyDigest);
        Assert.Equal(["fairlead.yaml"], await nested.ListFilesAsync(["."], TestProject.Token));
    }

    [Fact]
    public async Task ListFiles_OfPaths_GivesTrackedAndUntrackedButNotIgnoredOrDeleted()
    {
        folder.Write(".gitignore", "obj/\n*.pyc\n");
        foreach (var file in new[] { "code/a.py", "code/deep er/ü.py", "code/gone.py", "code.txt", "single.py", "*.py" })
            folder.Write(file, "x");
        Commit(Yaml);
        foreach (var file in new[] { "code/new.py", "code/new.pyc", "code/obj/x" })
            folder.Write(file, "x");
        File.Delete(folder["code/gone.py"]);
        Assert.Equal(
            ["*.py", "code/a.py", "code/deep er/ü.py", "code/new.py"],
            await workspace.ListFilesAsync(["code", "*.py", "missing"], TestProject.Token));
        Assert.Empty(await workspace.ListFilesAsync([], TestProject.Token));
    }

    [Fact]
    public void FindRoot_FromBelow_GivesTheNearestProjectOrTheFolderItself()
    {
        folder.Write("fairlead.yaml", Yaml);
        folder.Write("a/b/c.txt", "");
        Assert.Equal(folder.Path, GitWorkspace.FindRoot(folder["a/b"]));
        folder.Write("a/fairlead.yaml", Yaml);
        Assert.Equal(folder["a"], GitWorkspace.FindRoot(folder["a/b"]));
        using var empty = new TempFolder();
        Assert.Equal(empty.Path, GitWorkspace.FindRoot(empty.Path));
    }

    private string Git(params string[] arguments) => Support.Git.Run(folder.Path, arguments);

    private void Commit(string? yaml)
    {
        if (yaml is not null)
            folder.Write("fairlead.yaml", yaml);
        Git("init", "-q");
        Git("add", "-A");
        Git("commit", "-q", "-m", "start");
    }

    private async Task<CommitState> CommitAsync() => (await workspace.ReadAsync(TestProject.Token)).Commit;

    private async Task<string?> DirtyAsync() => (await CommitAsync()).DirtyDigest?.ToString();

    private async Task<string> ProblemAsync()
    {
        var problem = await Assert.ThrowsAsync<FairleadException>(() => workspace.ReadAsync(TestProject.Token));
        Assert.Equal(ProblemKind.Invalid, problem.Kind);
        return problem.Message;
    }
}

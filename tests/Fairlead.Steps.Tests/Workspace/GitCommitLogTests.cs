using System.Diagnostics;
using Fairlead.Domain.Problems;
using Fairlead.Steps.Tests.Support;
using Fairlead.Steps.Workspace;

namespace Fairlead.Steps.Tests.Workspace;

public sealed class GitCommitLogTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task List_BetweenTwoCommits_HasWhatTheLaterOneHasMore()
    {
        Git("init", "-q", "-b", "main");
        var first = Commit("first", "Ann", "ann@example.com", "2001-02-03T04:05:06+01:00");
        var second = Commit("second: a 'quoted' \x1f-free line\n\nAnd a body.", "Böb <b>", "bob@example.com", "2001-02-04T04:05:06Z");
        var third = Commit("third", "Ann", "ann@example.com", "2001-02-05T04:05:06Z");
        var log = new GitCommitLog(folder.Path);

        var since = await log.ListAsync(first, third, 10, TestProject.Token);
        Assert.Equal([third, second], since.Select(commit => commit.Commit));
        Assert.Equal(("Böb b", "bob@example.com", new DateTimeOffset(2001, 2, 4, 4, 5, 6, TimeSpan.Zero)), (since[1].Author, since[1].Email, since[1].At));
        Assert.Equal([third, second, first], (await log.ListAsync(null, third, 10, TestProject.Token)).Select(commit => commit.Commit));
        Assert.Equal([third], (await log.ListAsync(null, third, 1, TestProject.Token)).Select(commit => commit.Commit));
        Assert.Empty(await log.ListAsync(third, first, 10, TestProject.Token));
        Assert.Empty(await log.ListAsync(third, third, 10, TestProject.Token));
    }

    [Theory]
    [InlineData("--output=/tmp/x")]
    [InlineData("main")]
    [InlineData("")]
    [InlineData("0123456789012345678901234567890123456789")]
    public async Task List_OfWhatIsNoCommitHere_IsNotFound(string commit)
    {
        Git("init", "-q", "-b", "main");
        Commit("first", "Ann", "ann@example.com", "2001-02-03T04:05:06Z");
        var problem = await Assert.ThrowsAsync<FairleadException>(() => new GitCommitLog(folder.Path).ListAsync(null, commit, 10, TestProject.Token));
        Assert.Equal(ProblemKind.NotFound, problem.Kind);
    }

    private string Commit(string message, string author, string email, string at)
    {
        folder.Write($"{Guid.NewGuid():N}", message);
        Git("add", "--all");
        Git("-c", $"user.name={author}", "-c", $"user.email={email}", "commit", "-q", "--date", at, "-m", message.Replace('\x1f', ' '));
        return Git("rev-parse", "HEAD").Trim();
    }

    private string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        if (arguments is [.., "--date", var at, "-m", _])
            start.Environment["GIT_COMMITTER_DATE"] = at;
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        var errors = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, errors);
        return output;
    }
}

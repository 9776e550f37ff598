using Fairlead.Steps.Tests.Support;
using Fairlead.Steps.Workspace;

namespace Fairlead.Steps.Tests.Workspace;

public sealed class WorkTreeReaderTests
{
    private static readonly DateTime Old = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Read_WhenNothingChanged_GivesTheSameObject()
    {
        using var project = NewProject();
        var reader = NewReader(project);
        var tree = await reader.ReadAsync(TestProject.Token);
        Assert.Equal([".gitignore", "code/a.txt", "code/b.txt", "fairlead.yaml"], tree.Files.Below("."));
        Assert.Same(tree, await reader.ReadAsync(TestProject.Token));
        project.Write("ignored.log", "x");
        project.Write("ignored/deep/file", "x");
        var after = await reader.ReadAsync(TestProject.Token);
        Assert.Equal(tree.Commit, after.Commit);
        Assert.Equal(tree.Files.Below("."), after.Files.Below("."));
    }

    [Fact]
    public async Task Read_AfterAnyChange_SeesIt()
    {
        using var project = NewProject();
        Directory.CreateDirectory(Path.Combine(project.Root, "empty/inner"));
        var reader = NewReader(project);
        var last = await reader.ReadAsync(TestProject.Token);
        Assert.Same(last, await reader.ReadAsync(TestProject.Token));

        await ChangesAsync(() => project.Write("code/a.txt", "other"));
        await ChangesAsync(() => project.Write("code/c.txt", "new"));
        Assert.Contains("code/c.txt", last.Files.Below("."));
        await ChangesAsync(() => project.Write("empty/inner/d.txt", "in a folder that was empty"));
        Assert.Contains("empty/inner/d.txt", last.Files.Below("."));
        await ChangesAsync(() => File.Delete(Path.Combine(project.Root, "code/b.txt")));
        Assert.DoesNotContain("code/b.txt", last.Files.Below("."));
        await ChangesAsync(() => File.SetUnixFileMode(Path.Combine(project.Root, "code/a.txt"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        await ChangesAsync(() => project.Write(".gitignore", "*.log\nignored/\n.fairlead/\ncode/c.txt\n"));
        Assert.DoesNotContain("code/c.txt", last.Files.Below("."));
        await ChangesAsync(() => project.Git("commit", "-aqm", "more"));
        await ChangesAsync(() => project.Git("checkout", "-q", "-b", "other"));
        Assert.Equal("other", last.Commit.Branch);
        await ChangesAsync(() => File.WriteAllText(Path.Combine(project.Root, ".git/info/exclude"), "code/\n"));
        Assert.Contains("code/a.txt", last.Files.Below("."));

        async Task ChangesAsync(Action change)
        {
            change();
            var next = await reader.ReadAsync(TestProject.Token);
            Assert.NotSame(last, next);
            last = next;
        }
    }

    [Fact]
    public async Task Read_OfAFileThatWasJustWritten_NeverTakesItForUnchanged()
    {
        using var project = NewProject();
        // By this clock all of it was written just now.
        var reader = new WorkTreeReader(project.Root, TimeProvider.System);
        var tree = await reader.ReadAsync(TestProject.Token);
        Assert.NotSame(tree, await reader.ReadAsync(TestProject.Token));
    }

    [Fact]
    public async Task Read_WhenTheClockGoesBack_NeverTakesAChangeForNone()
    {
        using var project = NewProject();
        var time = new FixedTime(TimeProvider.System.GetUtcNow().AddDays(1));
        var reader = new WorkTreeReader(project.Root, time);
        var tree = await reader.ReadAsync(TestProject.Token);
        Assert.Same(tree, await reader.ReadAsync(TestProject.Token));
        var path = project.Write("code/a.txt", "A");
        File.SetLastWriteTimeUtc(path, Old);
        Assert.NotSame(tree, await reader.ReadAsync(TestProject.Token));
        // What bears a time of the future may be written again within it.
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(9));
        tree = await reader.ReadAsync(TestProject.Token);
        Assert.NotSame(tree, await reader.ReadAsync(TestProject.Token));
    }

    [Fact]
    public async Task Read_OfARandomWorkTree_IsWhatGitSays()
    {
        using var project = NewProject();
        var random = new Random(23);
        var reader = NewReader(project);
        for (var round = 0; round < 40; round++)
        {
            var path = $"{(random.Next(2) == 0 ? "code" : "code/deep")}/f{random.Next(6)}{(random.Next(4) == 0 ? ".log" : "")}";
            switch (random.Next(4))
            {
                case 0 when File.Exists(Path.Combine(project.Root, path)):
                    File.Delete(Path.Combine(project.Root, path));
                    break;
                case 1:
                    project.Git("add", "-A");
                    break;
                default:
                    project.Write(path, $"{random.Next(3)}");
                    break;
            }

            var tree = await reader.ReadAsync(TestProject.Token);
            var fresh = await new WorkTreeReader(project.Root, TimeProvider.System).ReadAsync(TestProject.Token);
            Assert.Equal(fresh.Files.Below("."), tree.Files.Below("."));
            Assert.Equal(fresh.Commit, tree.Commit);
        }
    }

    private static TestProject NewProject()
    {
        var project = new TestProject("project: tiny\n");
        project.Write(".gitignore", "*.log\nignored/\n.fairlead/\n");
        project.Write("code/a.txt", "a");
        project.Write("code/b.txt", "b");
        project.Git("add", "-A");
        project.Git("commit", "-qm", "code");
        return project;
    }

    /// <summary>By its clock everything is old.</summary>
    private static WorkTreeReader NewReader(TestProject project) => new(project.Root, new FixedTime(TimeProvider.System.GetUtcNow().AddDays(1)));
}

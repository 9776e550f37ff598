using System.Diagnostics;
using Fairlead.Domain.Problems;
using Fairlead.Steps.Shells;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests.Shells;

public sealed class ShellTests
{
    private const string Yaml = """
        project: tiny
        steps:
          one: { run: echo data > out/x, outputs: [x] }
          a: { run: "exit 1", inputs: { x: one/x }, params: { n: 3 }, env: { MARK: m }, code: [code.txt], outputs: [y] }
          m: { run: "exit 1", matrix: { n: [1, 2] }, outputs: [y] }
        """;

    [Fact]
    public async Task Shell_OfAStep_IsItsSandboxAndLeavesNothing()
    {
        using var project = new TestProject(Yaml);
        project.Write("code.txt", "code\n");
        var missing = await Assert.ThrowsAsync<FairleadException>(() => project.Engine.OpenShellAsync(new ShellOrder("a", [], HasTerminal: false), TestProject.Token));
        Assert.Equal("Step 'a' reads what 'one' makes, which has no successful run for the project as it is (first run); run `fairlead run one`.", missing.Message);
        await project.RunAsync("one");

        await using (var shell = await project.Engine.OpenShellAsync(new ShellOrder("a", [], HasTerminal: false), TestProject.Token))
        {
            Assert.Equal(("namespace", "/step"), (shell.Prepared.Sandbox, shell.Prepared.Inside));
            Assert.Equal("data\ncode\n3 m shell\n/step\nhost\n", await RunAsync(shell.Prepared, "cat in/x code.txt; echo $FAIRLEAD_PARAM_N $MARK $FAIRLEAD_RUN; pwd; echo 1 > out/y; ls /etc/shadow 2>/dev/null || echo host\n"));
            Assert.Equal("1\n", File.ReadAllText(Path.Combine(shell.Prepared.Folder, "out", "y")));
        }

        Assert.Empty(Directory.GetFileSystemEntries(project.State.Work));
        Assert.Single(await project.Catalog.ListAsync(step: null, 9, TestProject.Token));
    }

    [Fact]
    public async Task Shell_WithACommandOrForAPerson_StartsThat()
    {
        using var project = new TestProject(Yaml);
        project.Write("code.txt", "code\n");
        await project.RunAsync("one");
        await using var command = await project.Engine.OpenShellAsync(new ShellOrder("a", ["/bin/cat", "in/x"], HasTerminal: false), TestProject.Token);
        Assert.Equal("data\n", await RunAsync(command.Prepared, ""));
        await using var person = await project.Engine.OpenShellAsync(new ShellOrder("a", [], HasTerminal: true, "xterm"), TestProject.Token);
        Assert.DoesNotContain("--new-session", person.Prepared.Command);
        Assert.Equal(("xterm", "[a] \\w \\$ "), (person.Prepared.Environment["TERM"], person.Prepared.Environment["PS1"]));
    }

    [Fact]
    public async Task Shell_OfWhatIsNoSingleStep_IsRefused()
    {
        using var project = new TestProject(Yaml);
        Assert.Contains("did you mean", (await Assert.ThrowsAsync<FairleadException>(() => project.Engine.OpenShellAsync(new ShellOrder("ons", [], false), TestProject.Token))).Message);
        Assert.StartsWith("'m' means 2 variants, and one is needed here", (await Assert.ThrowsAsync<FairleadException>(() => project.Engine.OpenShellAsync(new ShellOrder("m", [], false), TestProject.Token))).Message);
        await using var variant = await project.Engine.OpenShellAsync(new ShellOrder("m[n=2]", ["/bin/sh", "-c", "echo $FAIRLEAD_PARAM_N"], false), TestProject.Token);
        Assert.Equal("2\n", await RunAsync(variant.Prepared, ""));
    }

    private static async Task<string> RunAsync(PreparedShell shell, string input)
    {
        var start = new ProcessStartInfo(shell.Command[0], shell.Command.Skip(1)) { WorkingDirectory = shell.StartFolder, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment.Clear();
        foreach (var (name, value) in shell.Environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(TestProject.Token);
        await process.WaitForExitAsync(TestProject.Token);
        return output;
    }
}

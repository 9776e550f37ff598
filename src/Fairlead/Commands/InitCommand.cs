using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Writes a commented project file that runs as it is.</summary>
internal sealed class InitCommand : CliCommand
{
    private static readonly Option<string?> NameOption = new("--name") { Description = "The project's name; else the folder's.", HelpName = "name" };

    public InitCommand()
        : base(
            "init",
            "Write a commented fairlead.yaml that runs as it is.",
            "fairlead init                    # in the current folder",
            "fairlead init --name churn       # choose the project's name")
    {
        Options.Add(NameOption);
    }

    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var folder = context.StartFolder;
        var projectFile = Path.Combine(folder, StateFolder.ProjectFileName);
        if (File.Exists(projectFile))
            throw FairleadException.Conflict($"'{projectFile}' exists already; edit it, or delete it first.");
        if (!IsInRepository(folder))
            throw FairleadException.Invalid($"'{folder}' is not in a git repository; run 'git init' first.");

        var files = ProjectFileTemplate.Files(parse.GetValue(NameOption) ?? ProjectFileTemplate.NameFor(Path.GetFileName(folder)));
        var existing = files.Where(file => File.Exists(Path.Combine(folder, file.Path))).Select(file => file.Path).ToList();
        if (existing.Count > 0)
            throw FairleadException.Conflict($"'{string.Join("', '", existing)}' exists already in '{folder}'; move it away first.");
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Content);
            context.Error.MarkupLineInterpolated($"wrote [bold]{file.Path}[/]");
        }

        context.Error.MarkupLine("Next: [bold]git add . && git commit -m \"Start with Fairlead\"[/], then [bold]fairlead up[/] and [bold]fairlead run[/].");
        return Task.FromResult(ExitCodes.Success);
    }

    private static bool IsInRepository(string folder)
    {
        var start = new ProcessStartInfo("git", ["rev-parse", "--is-inside-work-tree"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(start)!;
            git.WaitForExit();
            return git.ExitCode == 0;
        }
        catch (Win32Exception e)
        {
            throw new FairleadException(
                ProblemKind.Invalid, Directory.Exists(folder) ? "The program 'git' cannot be started; install it, for example with 'apt-get install git'." : $"There is no folder '{folder}'; create it first.", e);
        }
    }
}

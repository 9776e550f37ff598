using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Sandbox;
using Fairlead.Steps;
using Fairlead.Steps.Shells;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Opens a shell where a step would run.</summary>
internal sealed class ShellCommand : CliCommand
{
    private static readonly Argument<string> Step = new("step") { Description = "A step, or one variant such as 'train[factors=16]'." };
    private static readonly Argument<string[]> Command = new("command") { Description = "Program and arguments, behind '--'; none means a shell.", Arity = ArgumentArity.ZeroOrMore };

    public ShellCommand()
        : base(
            "shell",
            "Open a shell in a step's sandbox, with its inputs, parameters and environment. Nothing is recorded, and its folder goes when you leave.",
            "fairlead shell train",
            "fairlead shell train -- python3 -i",
            "echo 'ls in; cat params.json' | fairlead shell train")
    {
        Arguments.Add(Step);
        Arguments.Add(Command);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var hasTerminal = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        var order = new ShellOrder(parse.GetRequiredValue(Step), parse.GetValue(Command) ?? [], hasTerminal, Environment.GetEnvironmentVariable("TERM"));
        using var client = context.Connect();
        var body = JsonSerializer.SerializeToElement(order, StepsJson.Default.ShellOrder);
        await foreach (var line in client.StreamAsync("/api/shells", body, Web.Contracts.WebJson.Default.JsonElement, cancellationToken))
        {
            var shell = line.GetProperty("shell").Deserialize(StepsJson.Default.PreparedShell)!;
            if (!Directory.Exists(shell.Folder))
                throw FairleadException.Unavailable($"The sandbox is prepared in '{shell.Folder}' where the control plane runs, which is not this machine; open the shell there.");
            context.Error.MarkupLineInterpolated($"[grey]Step '{shell.Step}', sandbox {shell.Sandbox}: its folder is '{shell.Inside}' in there and '{shell.Folder}' outside. Nothing is recorded.[/]");
            // Leaving the loop hangs up, and with that the sandbox goes.
            return await RunAsync(shell, cancellationToken);
        }

        throw FairleadException.Unavailable("The control plane ended before the sandbox was prepared; start it again with 'fairlead up'.");
    }

    private static async Task<int> RunAsync(PreparedShell shell, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(shell.Command[0], shell.Command.Skip(1)) { WorkingDirectory = shell.StartFolder };
        start.Environment.Clear();
        foreach (var (name, value) in shell.Environment)
            start.Environment[name] = value;
        try
        {
            using var process = await HeldProcess.StartAsync(start);
            try
            {
                await process.WaitForExitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
                throw;
            }

            return process.ExitCode;
        }
        catch (Win32Exception e)
        {
            throw FairleadException.Failed($"'{shell.Command[0]}' could not be started: {e.Message}");
        }
    }
}

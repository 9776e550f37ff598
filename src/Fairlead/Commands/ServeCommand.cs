using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Roles;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>A host over a folder of models, without a project.</summary>
internal sealed class ServeCommand : CliCommand
{
    public ServeCommand()
        : base(
            "serve",
            "Serve a folder of ONNX models (NAME/VERSION/model.onnx) by the Open Inference Protocol, REST and gRPC, without a project, until stopped.",
            "fairlead serve models",
            "fairlead serve models --port 9000 --grpc-port 9001",
            "fairlead serve models --state served    # keep the log of predictions in served/.fairlead")
    {
        Arguments.Add(ServeRoleOptions.Folder);
        Options.Add(ServeRoleOptions.Port);
        Options.Add(ServeRoleOptions.GrpcPort);
        Options.Add(RoleOptions.Address);
        Options.Add(ServeRoleOptions.State);
        Options.Add(ServeRoleOptions.NoCapture);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var options = ServeRoleOptions.Read(parse);
        await ServeRole.RunAsync(options, CommandContext.Token, (folder, repository) => Report(context, options, folder, repository), context.Time, cancellationToken);
        return ExitCodes.Success;
    }

    private static void Report(CommandContext context, ServeRoleOptions options, ServeRoleFolder folder, ServeRoleRepository repository)
    {
        foreach (var model in repository.Models.GroupBy(model => model.Name))
        {
            var versions = string.Join(", ", model.Where(version => version.Version is not null).Select(version => version.Number));
            if (versions.Length > 0)
                context.Out.MarkupLineInterpolated($"{model.Key}  [grey]version {versions}[/]");
        }

        foreach (var model in repository.Models.Where(model => model.Version is null))
            context.Error.MarkupLineInterpolated($"[yellow]warning:[/] {model.Name} version {model.Number} is not served: {model.Problem}");
        if (folder.Configured is { Count: > 0 } configured)
            context.Error.MarkupLineInterpolated($"[grey]config.pbtxt of {string.Join(", ", configured)} is not read: what a model takes and gives is read from the model itself[/]");
        if (options.IsCapturing)
            context.Error.MarkupLineInterpolated($"[grey]the log of predictions is in '{LogFolders.Host(new Domain.Projects.StateFolder(options.StateFolder!))}'[/]");
        context.Out.MarkupLineInterpolated($"REST [bold]http://{options.Address}:{options.RestPort}[/]  gRPC [bold]{options.Address}:{options.RpcPort}[/]");
        context.Error.MarkupLine("[grey]stop with Ctrl-C[/]");
    }
}

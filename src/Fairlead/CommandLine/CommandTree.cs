using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.Commands;

namespace Fairlead.CommandLine;

/// <summary>Every command, in the order in which a project needs them.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Fairlead takes a git repository from commit to answered, logged and traced predictions.");
        root.Options.Add(GlobalOptions.Project);
        root.Options.Add(GlobalOptions.Url);
        root.Options.Add(GlobalOptions.Format);
        root.Options.OfType<HelpOption>().Single().Action = new ExamplesHelpAction(
        [
            "fairlead demo                     # the whole story on real data, in about a minute",
            "fairlead init && fairlead up      # in a git repository of your own",
            "fairlead run && fairlead release && fairlead deploy prod",
        ]);
        foreach (var command in Commands())
            root.Subcommands.Add(command);
        return root;
    }

    private static IEnumerable<Command> Commands() =>
    [
        new DemoCommand(),
        new InitCommand(),
        new UpCommand(),
        new DownCommand(),
        new StatusCommand(),
        new DatasetCommand(),
        new RunCommand(),
        new GraphCommand(),
        new RunsCommand(),
        new SweepCommand(),
        new ShowCommand(),
        new CompareCommand(),
        new WhyCommand(),
        new TagCommand(),
        new NoteCommand(),
        new PullCommand(),
        new ShellCommand(),
        new ScoreCommand(),
        new ReleaseCommand(),
        new ReleasesCommand(),
        new PipelineCommand(),
        new TriggerCommand(),
        new EnvCommand(),
        new SecretCommand(),
        new DeployCommand(),
        new RolloutCommand(),
        new RollbackCommand(),
        new TrafficCommand(),
        new ServerGroupCommand(),
        new LogsCommand(),
        new ContractCommand(),
        new PredictCommand(),
        new LoadCommand(),
        new OutcomesCommand(),
        new TraceCommand(),
        new VerifyCommand(),
        new LineageCommand(),
        new QueryCommand(),
        new PredictionsCommand(),
        new ReplayCommand(),
        new DriftCommand(),
        new CanaryCommand(),
        new ExperimentCommand(),
        new DeliveryCommand(),
        new KpiCommand(),
        new AlertsCommand(),
        new AlertCommand(),
        new NoticeCommand(),
        new LoginCommand(),
        new LogoutCommand(),
        new UserCommand(),
        new AuditCommand(),
        new StoreCommand(),
        new StoreGcCommand("fairlead gc"),
        new StoreDuCommand("fairlead du"),
        new StorePushCommand("fairlead push"),
        new FsckCommand("fairlead fsck"),
        new SchemaCommand(),
        new DoctorCommand(),
        new ControlCommand(),
        new HostCommand(),
        new ServeCommand(),
        new StepSqlCommand(),
        new DatasetToolCommand(),
        new CompareRowsCommand(),
        new QueryWorkerCommand(),
    ];
}

namespace Fairlead.Bench.Scenarios;

/// <summary>Every scenario, in the order in which they run: the ones that restart the workspace come last.</summary>
internal static class ScenarioList
{
    public static readonly IReadOnlyList<IScenario> All =
    [
        new RestScenario(), new GrpcScenario(), new CaptureScenario(), new CommandScenario(), new SwitchScenario(), new EnvironmentsScenario(),
        new StagesScenario(), new ReplayScenario(), new JudgeScenario(), new SweepsScenario(), new GraphScenario(), new SandboxScenario(), new StoreScenario(), new PipelinesScenario(), new DeliveryScenario(), new QueryScenario(), new MonthsScenario(), new StartScenario(), new MemoryScenario(),
    ];

    public static readonly IReadOnlyList<string> Names = [.. All.Select(scenario => scenario.Name)];
}

namespace Fairlead.Domain.Pipelines.Schemas;

/// <summary>Stages that change server groups which are there.</summary>
internal static class ServerGroupSchemas
{
    private const int MostInstances = 100_000;

    private static readonly SettingSchema Groups = new("groups", SettingType.Texts, "Names of server groups, such as late-prod-v003.") { IsRequired = true };

    private static readonly SettingSchema Instances = new("instances", SettingType.Integer, "How many, within the bounds of the service.") { IsRequired = true, Least = 1, Most = MostInstances };

    private static readonly IReadOnlyList<StageOutput> Outputs = [new("groups", "Names of the server groups that it was about."), new("live", "Names of those of the same services that take traffic.")];

    private static readonly StageSchema Cutover = new("cutover", "Gives all traffic of a service to a server group that is warm; the others stay warm. Undone by the shares of before.")
    {
        Main = "groups",
        Settings = [Groups with { Description = "Names of server groups, such as late-prod-v003: one of each service that is meant." }],
        Outputs = Outputs,
        Example = "over: { cutover: late-prod-v003, after: judge }",
    };

    private static readonly StageSchema Disable = new("disable", "Takes the traffic of server groups away and keeps them warm; what else takes traffic shares theirs. Undone by the shares of before.")
    {
        Main = "groups",
        Settings = [Groups],
        Outputs = Outputs,
        Example = "off: { disable: \"${{ stages.prod.before }}\", after: prod }",
    };

    private static readonly StageSchema Destroy = new("destroy", "Takes server groups without traffic away from the hosts, for good: what served them is deployed anew when it is wanted again.")
    {
        Main = "groups",
        Settings = [Groups],
        Outputs = Outputs,
        Example = "away: { destroy: [late-prod-v001, late-prod-v002], after: judge }",
    };

    private static readonly StageSchema Resize = new("resize", "Sets how many instances server groups of command services have. Undone by as many as before.")
    {
        Main = "groups",
        Settings = [Groups, Instances],
        Outputs = Outputs,
        Example = "small: { resize: \"${{ stages.prod.before }}\", instances: 1, after: prod }",
    };

    private static readonly StageSchema Scale = new("scale", "Sets how many instances a command service has in an environment, over all server groups that take traffic, by their shares. Undone by as many as before.")
    {
        Main = "environment",
        Settings =
        [
            new("environment", SettingType.Text, "Where.") { IsRequired = true, Reference = SettingReference.Environment },
            new("service", SettingType.Text, "Which service.") { IsRequired = true, Reference = SettingReference.Service },
            Instances,
        ],
        Outputs = Outputs,
        Example = "more: { scale: prod, service: briefing, instances: 8, after: prod }",
    };

    public static readonly IReadOnlyList<StageSchema> All = [Cutover, Disable, Destroy, Resize, Scale];
}

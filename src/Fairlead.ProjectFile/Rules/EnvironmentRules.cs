using Fairlead.Domain.Configurations;

namespace Fairlead.ProjectFile.Rules;

/// <summary>The part of the table about environments: what they are, what they inherit and what they give to services.</summary>
internal static class EnvironmentRules
{
    /// <summary>Of a setting: what a value may be.</summary>
    public static readonly IReadOnlyList<string> Types = [.. Enum.GetNames<ConfigType>().Select(name => name.ToLowerInvariant())];

    /// <summary>What belongs to one environment alone.</summary>
    public static readonly IReadOnlyList<string> Own = [Keys.Extends, Keys.Hosts, Keys.Port];

    private const int MostInstances = 1000;
    private const double Farthest = 1e15;

    private static readonly TextFormat Judge = new("a judge", "^(?:(?:role|group):)?[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$", "a user's name, 'role:' and a role, or 'group:' and a group", "role:judge");

    private static readonly TextFormat Reference = new("a reference to a secret", SecretReference.Pattern, "'secret:' and a name, 'env:' and a variable of the host, or 'file:' and an absolute path", "secret:db_password");

    private static readonly ObjectShape Setting = new(
    [
        new(Keys.Type, new ChoiceShape(Types), "What a value may be. Default: what the default is; a number may have decimals."),
        new(Keys.Default, new ValueShape(), "What holds where an environment says nothing. Without one every environment has to give a value."),
        new(Keys.Minimum, new NumberShape(-Farthest, Farthest), "Least number, inclusive."),
        new(Keys.Maximum, new NumberShape(-Farthest, Farthest), "Greatest number, inclusive."),
        new(Keys.Enum, new ValueShape(), "The only values that are accepted, as a list."),
        new(Keys.Description, new TextShape(TextFormats.Sentence), "For people."),
    ]);

    private static readonly ObjectShape Bounds = new(
    [
        new(Keys.Min, new IntegerShape(1, MostInstances), "No fewer. Default: 1."),
        new(Keys.Max, new IntegerShape(1, MostInstances), "No more. Default: no limit."),
        new(Keys.Desired, new IntegerShape(1, MostInstances), "How many there are at first. Default: 1, or the least."),
    ]);

    /// <summary>How many instances a command service has.</summary>
    public static readonly Shape Instances = new EitherShape(Bounds, new IntegerShape(1, MostInstances));

    /// <summary>The settings of a service: a declaration, or its default alone.</summary>
    public static readonly Shape Config = new MapShape("setting", TextFormats.Name, new EitherShape(Setting, new ValueShape()));

    /// <summary>The secrets of a service.</summary>
    public static readonly Shape Secrets = new MapShape("secret", TextFormats.Variable, new TextShape(Reference));

    public static readonly ObjectShape Environment = new(
    [
        new(Keys.Extends, new TextShape(TextFormats.Name), "Another environment, from which everything is inherited but its hosts and port. Maps are merged, anything else is replaced, and an empty value takes away what was inherited."),
        new(Keys.Hosts, new ListShape(TextFormats.HostName), "Host names under which clients reach the environment, such as stage.example.com."),
        new(Keys.Port, new IntegerShape(1, 65535), "A port of its own on the host, beside the one that all environments share."),
        .. Inherited(
        [
            new(Keys.Customer, new TextShape(TextFormats.Name), "For whom the environment is; its predictions carry the name."),
            new(Keys.Config, new MapShape("setting", TextFormats.Name, new ValueShape()), "Values for the settings that services declare, by name; below a service's name for that service alone, which goes before."),
            new(Keys.Secrets, new MapShape("secret", TextFormats.Variable, new RemovableShape(new EitherShape(new MapShape("secret", TextFormats.Variable, new RemovableShape(new TextShape(Reference))), new TextShape(Reference)))), "References to secrets, by the environment variable in which command services find the value; below a service's name for that service alone."),
            new(Keys.Instances, new MapShape("service", TextFormats.Name, new RemovableShape(Instances)), "How many instances command services have here: a number, or bounds, by service."),
            new(Keys.Judges, new ListShape(Judge), "Who may judge what goes here: names, role:NAME and group:NAME."),
            new(Keys.SelfJudgment, new BooleanShape(), "Whether those who made a release may judge it. Default: true."),
            .. DeliveryRules.OfEnvironment,
            new(Keys.Windows, new ListShape(CalendarRules.Window), "When it may change, by the clock of a time zone, such as 'Mon-Thu 09:00-16:00 Europe/London' or 'daily 22:00-04:00 UTC'. Default: always."),
        ]),
    ]);

    private static IEnumerable<KeyRule> Inherited(IEnumerable<KeyRule> rules) => rules.Select(rule => rule with { Shape = new RemovableShape(rule.Shape!) });
}

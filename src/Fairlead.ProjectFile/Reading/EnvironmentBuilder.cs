using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes the definitions of environments, each with what it inherits.</summary>
/// <param name="services">What environments give values to.</param>
internal sealed class EnvironmentBuilder(YamlMap root, References references, IReadOnlyList<ServiceDefinition> services, ProblemList problems)
{
    private readonly EnvironmentOverlays overlays = new(root.Map(Keys.Environments), references, problems);
    private readonly CalendarBuilder calendars = new(root, references, problems);
    private readonly DeliveryBuilder delivery = new(problems);
    private readonly EnvironmentConfigBuilder configs = new(services, problems);
    private readonly Dictionary<string, string> users = new(StringComparer.Ordinal);

    public EnvironmentDefinition Build(string name, YamlMap own)
    {
        RequireOwnAddresses(name, own);
        var (body, values) = overlays.Of(name);
        return new EnvironmentDefinition(name)
        {
            Extends = own.Text(Keys.Extends),
            Hosts = body.List(Keys.Hosts).Texts,
            Port = body.Text(Keys.Port) is { } port ? int.Parse(port, CultureInfo.InvariantCulture) : null,
            Customer = body.Text(Keys.Customer),
            Judges = body.Find(Keys.Judges) is null ? null : body.List(Keys.Judges).Texts,
            SelfJudgment = body.Scalar(Keys.SelfJudgment) is { } self ? CoreSchema.ToJson(self).ValueKind == JsonValueKind.True : null,
            Config = configs.BuildConfig(name, body.Map(Keys.Config)),
            Secrets = configs.BuildSecrets(name, body.Map(Keys.Secrets)),
            Instances = configs.BuildInstances(name, body.Map(Keys.Instances)),
            Delivery = delivery.Build(name, body),
            Calendar = calendars.Build(name, body),
            Values = values,
        };
    }

    private void RequireOwnAddresses(string name, YamlMap body)
    {
        foreach (var address in body.List(Keys.Hosts).Items.OfType<YamlScalar>().Append(body.Scalar(Keys.Port)).OfType<YamlScalar>())
        {
            if (!users.TryAdd(address.Value, name) && users[address.Value] != name)
                problems.Add(address.Place, $"environment '{name}' has '{address.Value}', which leads to environment '{users[address.Value]}' already; choose another");
        }
    }
}

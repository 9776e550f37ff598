using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes the place of artifacts out of its checked map.</summary>
internal static class StoreBuilder
{
    public static StoreDefinition? Build(YamlMap body) =>
        body.Text(Keys.Registry) is { } registry
            ? new StoreDefinition(registry, IsSet(body, Keys.Plain), body.Text(Keys.Credentials), body.Text(Keys.CaFile), IsSet(body, Keys.Cache))
            : null;

    private static bool IsSet(YamlMap body, string key) => body.Text(key) is { } text && bool.Parse(text);
}

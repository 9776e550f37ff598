namespace Fairlead.ProjectFile.Rules;

/// <param name="Shape">Null: the key is planned and does not work yet.</param>
/// <param name="Description">For editors.</param>
internal sealed record KeyRule(string Name, Shape? Shape, string Description)
{
    public bool IsRequired { get; init; }

    public static KeyRule Later(string name) => new(name, null, "");
}

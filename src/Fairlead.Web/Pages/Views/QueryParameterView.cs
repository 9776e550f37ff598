namespace Fairlead.Web.Pages.Views;

/// <summary>A parameter of a statement.</summary>
/// <param name="Name">Without <c>$</c>.</param>
/// <param name="Value">Null when none was given.</param>
public sealed record QueryParameterView(string Name, string? Value)
{
    /// <summary>The name of its field in the form and in the address.</summary>
    public static string Field(string name) => "$" + name;
}

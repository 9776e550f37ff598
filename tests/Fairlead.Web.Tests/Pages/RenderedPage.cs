using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Web.Tests.Pages;

/// <summary>A page as a browser would read it.</summary>
internal static class RenderedPage
{
    public static async Task<string> HtmlAsync<TPage>(object view)
        where TPage : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["View"] = view });
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>(parameters)).ToHtmlString());
    }

    public static async Task<IHtmlDocument> OfAsync<TPage>(object view)
        where TPage : IComponent => new HtmlParser().ParseDocument(await HtmlAsync<TPage>(view));

    /// <summary>The text of an element with its white space folded.</summary>
    public static string Text(this IElement? element) =>
        string.Join(' ', (element?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kizashi.Portal.Assets;

/// <summary>
/// Serves the embedded files, to anybody: the sign-in page needs them, and they say nothing of the data.
/// </summary>
internal static class AssetEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/assets/{version}/{**path}", [HttpMethods.Get, HttpMethods.Head], ServeAsync)
            .AllowAnonymous();

    private static async Task ServeAsync(HttpContext context, string version, string path, AssetCatalog catalog)
    {
        var response = context.Response;
        if (catalog.Find(path) is not { } asset)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        response.Headers.CacheControl =
            version == catalog.Version ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.ETag = asset.ETag;
        response.Headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.IfNoneMatch.Contains(asset.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var accepted = context.Request.Headers.AcceptEncoding.ToString();
        var body = asset.Bytes;
        if (accepted.Contains("br", StringComparison.OrdinalIgnoreCase))
        {
            body = asset.Brotli;
            response.Headers.ContentEncoding = "br";
        }
        else if (accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            body = asset.Gzip;
            response.Headers.ContentEncoding = "gzip";
        }

        response.ContentType = asset.ContentType;
        response.ContentLength = body.Length;
        if (HttpMethods.IsGet(context.Request.Method))
            await response.Body.WriteAsync(body, context.RequestAborted);
    }
}

"""Workbooks that are not of Excel's present form: OpenDocument, and Excel 97."""

from __future__ import annotations

import base64
import zlib
from io import BytesIO
from zipfile import ZipFile

OFFICE_SPACE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE_SPACE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
MANIFEST_SPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
TEXT_SPACE = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def ods(rows: str, before: str = "") -> bytes:
    """A workbook of OpenDocument with one sheet."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{MANIFEST_SPACE}">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            "</manifest:manifest>",
        )
        archive.writestr(
            "content.xml",
            f'{before}<office:document-content xmlns:office="{OFFICE_SPACE}" '
            f'xmlns:table="{TABLE_SPACE}" xmlns:text="{TEXT_SPACE}"><office:body>'
            f'<office:spreadsheet><table:table table:name="A">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return held.getvalue()


def line(text: str, cells: str = "1", rows: str = "1") -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{cells}">'
        f"<text:p>{text}</text:p></table:table-cell></table:table-row>"
    )


OLD = zlib.decompress(
    base64.b85decode(
        "c-p&gUhu)fjZzO8(10BSGsD0CoD6J8VvIn{3F8Pb0OkMx2QgtZ2N3@s1w#sOasVTejg?_H?-_Pb9D?HeAp;Y`29|?B"
        "l7Zn75XUeSF!<%?r7F-7IDy@e$Ov+SEs$hnm;)5yV~_;9N(f9QgGpg9xgM-?514cSi}Zp?TcFwpj8P2d?ftYYps6^5"
        "NeL{+#{e>SJ6O*xu!tdpD8mU*Dz2Zv2vN(*;8>KIm@_yf<XCtZmM{S0%{?_QwJ0&?0fPuI0+%p+{jb2l@CBAr4=9X^"
        "(^s640Vw_hRh%7*_+%y)28ITP{|Vp(-U=*SH#0*b*zpfEU4t-CQC?zhDlqO7xj;oQILiv4WLaKtQsx1YDGdBzwjfxm"
        "0I*R0v-0C5-=qNhc(6zVxR{0%=Bgn38U8agf^+~i^MPf+P5`Ub0+ZTcvI%UeG?*;~CPjeB5J;;9h(Z}|&0sYxU|BVw"
        "J;q>g*<KxqtpQ}Wz7E_W*ZSCA6UbiY{;*19-F5qg3`#)%rvUYXU^9abqYmS&nIN#!9!4`lGyYvLDTz@Ca4-o#{q`SP"
        "WAQWmW#9rc1;Hdp1tS&}j9?XvP!*7XN2sV{;(~^$7^rGw5@Of}QUWY!5P*we6pVsVFbYP&C>RB!U=)mkK@S+AO?_ra"
        "KLgm3hjb{|q2oG#f%xC(Fv+k5K@9moSOV;rx-#Se=^}<olG2YD11lrUEJh;rz{U$fARK6W5kodZ64)KtB&T0shmaB3"
        "KSXO3pk5Xt)&75^xRb{A0|2|OyQl"
    )
)
"""A workbook of Excel 97 with the rows name and a, and the number 5 in another column."""
